package org.seal4j.rl;

/** Why a written self-edit was refused. The name is stored in the journal. */
public enum InvalidReason {
  /** Not JSON at all, or JSON that ends too early. */
  NOT_JSON,
  /** JSON, but an array or a single value where an object belongs. */
  NOT_AN_OBJECT,
  /** A required key is missing. */
  MISSING_KEY,
  /** A key that the schema does not know. */
  UNKNOWN_KEY,
  /** The same key twice in one object. */
  DUPLICATE_KEY,
  /** A value of the wrong JSON type. */
  WRONG_TYPE,
  /** A tool is switched on that the schema does not offer. */
  TOOL_NOT_OFFERED,
  /** A loss strategy that does not exist or is not offered. */
  UNKNOWN_STRATEGY,
  /** A learning rate that is not finite, not above 0, or not among the choices. */
  BAD_LEARNING_RATE,
  /** A number of epochs below 1, too large, or not among the choices. */
  BAD_EPOCHS,
  /** The inner loop would take more optimizer steps than allowed. */
  TOO_MANY_STEPS,
  /** Something follows the closing brace. */
  TRAILING_TEXT,
  /** A sequence of configuration symbols that is too short or too long. */
  WRONG_LENGTH,
  /** A symbol that does not exist, or not at this place. */
  WRONG_SYMBOL,
  /** A blank text where a text about a passage belongs. */
  EMPTY
}
