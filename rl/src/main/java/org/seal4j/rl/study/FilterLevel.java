package org.seal4j.rl.study;

/**
 * Which of the questions that a model wrote an adapter is trained on. In every case the model that
 * reads the passage has answered them and came to an end, and none is asked twice.
 */
public enum FilterLevel {
  /** Those about the passage whose answer it says and the question does not. */
  USEFUL,
  /** All of them. A small model's are mostly not useful, and teach the form of an answer. */
  ANSWERED
}
