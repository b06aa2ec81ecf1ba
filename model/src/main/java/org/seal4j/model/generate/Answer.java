package org.seal4j.model.generate;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.model.ModelConfig;

/** One prompt while it is being answered. */
final class Answer {
  private final int index;
  private final Prompt prompt;
  private final ModelConfig model;
  private final TokenMask mask;
  private final PairPositions continuation;
  private final Rng rng;
  private int[] tokens = new int[16];
  private double[] logProbs = new double[16];
  private double[] modelLogProbs = new double[16];
  private int count;
  private int lastPosition;
  private @Nullable StopReason reason;

  Answer(int index, Prompt prompt, ModelConfig model) {
    this.index = index;
    this.prompt = prompt;
    this.model = model;
    this.mask = prompt.mask().get();
    this.continuation = prompt.continuation().get();
    this.rng = prompt.seeds().rng();
    this.lastPosition = prompt.tokens().positions()[prompt.tokens().length() - 1];
  }

  /** Index of the prompt in the call. */
  int index() {
    return index;
  }

  Prompt prompt() {
    return prompt;
  }

  /** Tokens written so far. */
  int count() {
    return count;
  }

  /** Tokens that stand in the cache: all but the last one, which the next step reads. */
  int cached() {
    return prompt.tokens().length() - 1 + count;
  }

  /** The token that the next step reads. */
  int lastToken() {
    return count == 0 ? prompt.tokens().ids()[cached()] : tokens[count - 1];
  }

  /** Its position in the pair. */
  int lastPosition() {
    return lastPosition;
  }

  boolean ended() {
    return reason != null;
  }

  /** Chooses the next token from its logits and returns it. */
  int write(float[] logits, TokenChooser chooser, StopRule stop) {
    Logits.requireFinite(logits, index, count);
    Choice choice = chooser.choose(logits, allowed(), rng);
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
      logProbs = Arrays.copyOf(logProbs, 2 * count);
      modelLogProbs = Arrays.copyOf(modelLogProbs, 2 * count);
    }
    tokens[count] = choice.token();
    logProbs[count] = choice.logProb();
    modelLogProbs[count] = choice.modelLogProb();
    count++;
    mask.accept(choice.token());
    reason = reason(choice.token(), stop);
    if (reason == null) {
      follow(choice.token());
    }
    return choice.token();
  }

  private BitSet allowed() {
    BitSet candidates = new BitSet(model.vocabSize());
    candidates.set(0, model.vocabSize());
    mask.restrict(candidates);
    Checks.require(
        !candidates.isEmpty() && candidates.length() <= model.vocabSize(),
        "the mask of prompt %d allows %s as token %d; it must leave at least one of the ids 0 to %d",
        index,
        candidates.isEmpty() ? "nothing" : "id " + (candidates.length() - 1),
        count,
        model.vocabSize() - 1);
    return candidates;
  }

  private @Nullable StopReason reason(int token, StopRule stop) {
    if (stop.tokens().contains(token)) {
      return StopReason.TOKEN;
    }
    if (stop.custom() != StopRule.NEVER && stop.custom().ends(Arrays.copyOf(tokens, count))) {
      return StopReason.CONDITION;
    }
    return count == stop.maxNewTokens() ? StopReason.LENGTH : null;
  }

  private void follow(int token) {
    lastPosition = continuation.next(token);
    Checks.require(
        model.pairPositions() == 0 || (lastPosition >= 0 && lastPosition < model.pairPositions()),
        "token %d of the answer to prompt %d stands at position %d in the pair, but the model has"
            + " positions 0 to %d",
        count - 1,
        index,
        lastPosition,
        model.pairPositions() - 1);
  }

  /** The ended answer. */
  Generation result() {
    return new Generation(
        Arrays.copyOf(tokens, count),
        Arrays.copyOf(logProbs, count),
        Arrays.copyOf(modelLogProbs, count),
        Checks.present(reason, "prompt %d is not answered yet", index));
  }
}
