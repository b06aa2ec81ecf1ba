package org.seal4j.lora.bundle;

import org.seal4j.data.check.Checks;

/**
 * A question that the gate is set by.
 *
 * @param passage that it is about; empty where it is about nothing that the bundle knows
 * @param text the question
 * @param state of the question
 */
public record BundleQuestion(String passage, String text, StateVector state) {
  public BundleQuestion {
    Checks.require(!text.isBlank(), "a question of passage '%s' is blank", passage);
  }

  /** Whether a passage of the bundle answers it. */
  public boolean known() {
    return !passage.isEmpty();
  }
}
