package org.seal4j.rl;

/** Carries the reason out of a reader; never leaves the reader. */
public final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public Rejected(String reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  public <E extends SelfEdit> ParsedEdit<E> asInvalid() {
    return new ParsedEdit.Invalid<>(reason, String.valueOf(getMessage()));
  }
}
