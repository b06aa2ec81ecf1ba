package org.seal4j.outside.lora;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.seal4j.data.check.InputException;

/** What a user of the library sees who made a mistake: one sentence, asserted as a whole. */
final class Refusal {
  private Refusal() {}

  static void says(String sentence, ThrowingCallable mistake) {
    assertThatThrownBy(mistake).isInstanceOf(InputException.class).hasMessage(sentence);
  }
}
