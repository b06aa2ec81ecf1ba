package org.seal4j.model.generate;

import java.util.function.Supplier;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * One request for one answer.
 *
 * @param tokens what stands before the answer, with its positions in the pair; weights are not used
 * @param seeds the only randomness of the answer; two samples for one prompt differ in nothing else
 * @param adapter which adapter of the {@link LinearBank} answers, 0 for the base model
 * @param mask a fresh follower of the grammar, standing before the first token of the answer
 * @param continuation a fresh follower of the positions, standing after the last token of the
 *     prompt
 */
public record Prompt(
    TokenSequence tokens,
    Seeds seeds,
    int adapter,
    Supplier<TokenMask> mask,
    Supplier<PairPositions> continuation) {
  public Prompt {
    Checks.require(adapter >= 0, "a prompt's adapter must be >= 0 but was %d", adapter);
  }

  /** A prompt to the base model with any answer allowed and positions 0 behind the prompt. */
  public static Prompt of(TokenSequence tokens, Seeds seeds) {
    return new Prompt(tokens, seeds, 0, () -> TokenMask.ANY, () -> PairPositions.ZERO);
  }

  /** The same prompt with other randomness: another sample. */
  public Prompt withSeeds(Seeds other) {
    return new Prompt(tokens, other, adapter, mask, continuation);
  }

  /** The same prompt answered by this adapter. */
  public Prompt withAdapter(int index) {
    return new Prompt(tokens, seeds, index, mask, continuation);
  }

  /** The same prompt with its answer restricted. */
  public Prompt withMask(Supplier<TokenMask> grammar) {
    return new Prompt(tokens, seeds, adapter, grammar, continuation);
  }

  /** The same prompt with positions that go on behind it. */
  public Prompt withContinuation(Supplier<PairPositions> positions) {
    return new Prompt(tokens, seeds, adapter, mask, positions);
  }
}
