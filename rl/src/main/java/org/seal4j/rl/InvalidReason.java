package org.seal4j.rl;

/**
 * Usual reasons why a written self-edit is refused, as the journal stores them. A domain may have
 * reasons of its own: any short text in capitals does.
 */
public final class InvalidReason {
  /** Not JSON at all, or JSON that ends too early. */
  public static final String NOT_JSON = "NOT_JSON";

  /** JSON, but an array or a single value where an object belongs. */
  public static final String NOT_AN_OBJECT = "NOT_AN_OBJECT";

  /** A required key is missing. */
  public static final String MISSING_KEY = "MISSING_KEY";

  /** A key that the schema does not know. */
  public static final String UNKNOWN_KEY = "UNKNOWN_KEY";

  /** The same key twice in one object. */
  public static final String DUPLICATE_KEY = "DUPLICATE_KEY";

  /** A value of the wrong JSON type. */
  public static final String WRONG_TYPE = "WRONG_TYPE";

  /** A tool is switched on that the schema does not offer. */
  public static final String TOOL_NOT_OFFERED = "TOOL_NOT_OFFERED";

  /** A loss strategy that does not exist or is not offered. */
  public static final String UNKNOWN_STRATEGY = "UNKNOWN_STRATEGY";

  /** A learning rate that is not finite, not above 0, or not among the choices. */
  public static final String BAD_LEARNING_RATE = "BAD_LEARNING_RATE";

  /** A number of epochs below 1, too large, or not among the choices. */
  public static final String BAD_EPOCHS = "BAD_EPOCHS";

  /** The inner loop would take more optimizer steps than allowed. */
  public static final String TOO_MANY_STEPS = "TOO_MANY_STEPS";

  /** Something follows the closing brace. */
  public static final String TRAILING_TEXT = "TRAILING_TEXT";

  /** A sequence of configuration symbols that is too short or too long. */
  public static final String WRONG_LENGTH = "WRONG_LENGTH";

  /** A symbol that does not exist, or not at this place. */
  public static final String WRONG_SYMBOL = "WRONG_SYMBOL";

  /** A blank text where a text about a passage belongs. */
  public static final String EMPTY = "EMPTY";

  private InvalidReason() {}
}
