package org.seal4j.rl.edit;

/** Carries the reason out of a reader; never leaves this package. */
final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final InvalidReason reason;

  Rejected(InvalidReason reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  <E extends SelfEdit> ParsedEdit<E> asInvalid() {
    return new ParsedEdit.Invalid<>(reason, String.valueOf(getMessage()));
  }
}
