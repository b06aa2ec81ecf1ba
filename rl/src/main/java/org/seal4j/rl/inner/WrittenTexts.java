package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.policy.WrittenText;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.SelfEdit;

/**
 * A self-edit as the policy wrote it, with the grammar of each prompt: a probability is a share
 * among the tokens that could have been written, and only then that of sampling.
 */
final class WrittenTexts {
  /** Which prompt asks for which part does not hang on them. */
  private static final Seeds ANY = Seeds.of(0);

  private WrittenTexts() {}

  /**
   * The parts of a self-edit.
   *
   * @param vocabulary number of ids of the model
   */
  static <C extends Context, E extends SelfEdit> List<WrittenText> of(
      EditLanguage<C, E> language, C context, E edit, int vocabulary) {
    List<TokenSequence> parts = language.written(context, edit);
    List<TokenMask> grammars = new ArrayList<>();
    for (Prompt prompt : language.prompts(context, ANY)) {
      grammars.add(prompt.mask().get());
    }
    if (grammars.stream().allMatch(grammar -> grammar == TokenMask.ANY)) {
      return parts.stream().map(WrittenText::free).toList();
    }
    Checks.require(
        parts.size() == grammars.size(),
        "a self-edit of %s was written in %d parts but is asked for in %d, with a grammar",
        context.id(),
        parts.size(),
        grammars.size());
    List<WrittenText> texts = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      texts.add(new WrittenText(parts.get(i), allowed(parts.get(i), grammars.get(i), vocabulary)));
    }
    return texts;
  }

  /** Follows a grammar along what was written. */
  private static List<BitSet> allowed(TokenSequence text, TokenMask grammar, int vocabulary) {
    List<BitSet> allowed = new ArrayList<>();
    for (int i = 1; i < text.length(); i++) {
      if (text.weights()[i] != 0) {
        BitSet candidates = new BitSet(vocabulary);
        candidates.set(0, vocabulary);
        grammar.restrict(candidates);
        grammar.accept(text.ids()[i]);
        allowed.add(candidates);
      }
    }
    return allowed;
  }
}
