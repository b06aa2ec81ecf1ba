package org.seal4j.scripts.tuning;

import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;

/**
 * One row as the model reads it.
 *
 * @param line of its file, from 1
 * @param tokens with a loss weight of 1 on what is taught, 0 elsewhere
 * @param asked what can be asked of it; empty for a text
 */
public record Lesson(int line, TokenSequence tokens, Optional<Asked> asked) {
  /**
   * The prompt of a row and its answer.
   *
   * @param prompt tokens before the last answer
   * @param shown what was asked last, for people
   * @param expected the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // data of a row; identity is never compared
  public record Asked(int[] prompt, String shown, String expected) {}

  /** How many tokens are taught. */
  public int taught() {
    int count = 0;
    for (int i = 1; i < tokens.length(); i++) {
      count += tokens.weights()[i] > 0 ? 1 : 0;
    }
    return count;
  }
}
