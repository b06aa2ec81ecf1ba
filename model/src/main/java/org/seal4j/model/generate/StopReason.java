package org.seal4j.model.generate;

/** Why an answer ended; the first that holds. */
public enum StopReason {
  /** A stop token was written. */
  TOKEN,
  /** The condition of the caller held. */
  CONDITION,
  /** The answer is as long as allowed. */
  LENGTH
}
