package org.seal4j.data.check;

/**
 * Bad input from a user: a file, a recipe, a flag. Its message is one sentence that says what was
 * found, what was expected, where, and how to fix it. The command line prints the message alone.
 * Whatever of the input stands in it is shown as {@link Shown} shows it, on one line.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(Shown.sentence(message));
  }

  public InputException(String message, Throwable cause) {
    super(Shown.sentence(message), cause);
  }
}
