package org.seal4j.data.batch;

import org.seal4j.data.check.Checks;

/**
 * Token sequences of different lengths, padded at the end to one length {@code t}.
 *
 * @param ids {@code [b][t]} token ids, the padding id behind the end of a row
 * @param positions {@code [b][t]} learned extra positions, 0 in the padding
 * @param weights {@code [b][t]} loss weights of {@link TokenSequence#weights()}, 0 in the padding
 * @param lengths {@code [b]} tokens of each row before its padding
 */
@SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
public record TokenBatch(int[][] ids, int[][] positions, float[][] weights, int[] lengths) {
  public TokenBatch {
    int rows = ids.length;
    boolean equal = rows == positions.length && rows == weights.length && rows == lengths.length;
    if (rows < 1 || !equal) {
      throw Checks.refuse(
          "a token batch needs equal numbers >= 1 of rows but got %d, %d, %d, %d",
          rows, positions.length, weights.length, lengths.length);
    }
    for (int i = 0; i < rows; i++) {
      int time = ids[0].length;
      if (ids[i].length != time
          || positions[i].length != time
          || weights[i].length != time
          || lengths[i] < 1
          || lengths[i] > time) {
        throw Checks.refuse(
            "row %d of a token batch has %d ids, %d positions, %d weights and length %d; expected"
                + " %d of each and a length of 1 up to it",
            i, ids[i].length, positions[i].length, weights[i].length, lengths[i], time);
      }
    }
  }

  /** Number of sequences, b. */
  public int rows() {
    return ids.length;
  }

  /** Padded length, t. */
  public int time() {
    return ids[0].length;
  }
}
