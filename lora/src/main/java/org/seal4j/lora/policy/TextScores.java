package org.seal4j.lora.policy;

import java.util.IdentityHashMap;
import org.seal4j.data.check.Checks;

/** Negative log-likelihoods of the tokens with a loss of some texts, under one policy. */
final class TextScores {
  private final IdentityHashMap<WrittenText, float[]> known = new IdentityHashMap<>();

  void put(WrittenText text, float[] nll) {
    known.put(text, nll);
  }

  /** Of one text, in the order of its tokens, as the plan of its length has rows. */
  float[] of(WrittenText text) {
    return Checks.present(
        known.get(text), "a text of %d tokens was not scored", text.tokens().length());
  }
}
