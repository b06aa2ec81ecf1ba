package org.seal4j.data.batch;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * One token sequence for training or prompting.
 *
 * @param ids token ids, {@code [t]}
 * @param positions learned extra position of each token (position in the pair), {@code [t]}; all
 *     zero where the model has none
 * @param weights {@code [t]}: weight of the loss of predicting {@code ids[i]} from what stands
 *     before it; {@code weights[0]} is not used
 * @param teacher what is to be predicted instead of the one token {@code ids[i]}, in the training
 *     of adapters; null for that token
 */
@SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
public record TokenSequence(
    int[] ids, int[] positions, float[] weights, @Nullable SoftTargets teacher) {
  public TokenSequence {
    Checks.require(
        ids.length >= 1 && ids.length == positions.length && ids.length == weights.length,
        "a token sequence needs equal numbers >= 1 of ids, positions and weights but got %d, %d, %d",
        ids.length,
        positions.length,
        weights.length);
    Checks.require(
        teacher == null || teacher.length() == ids.length,
        "a token sequence of %d tokens needs soft targets of as many places but got %d",
        ids.length,
        teacher == null ? 0 : teacher.length());
  }

  /** A sequence whose own tokens are to be predicted. */
  public TokenSequence(int[] ids, int[] positions, float[] weights) {
    this(ids, positions, weights, null);
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /**
   * The same tokens with weights that sum to {@code total}, so that a long row counts no more than
   * a short one in the loss of a batch. A sequence without a loss stays as it is.
   */
  public TokenSequence weighing(double total) {
    double sum = 0;
    for (int i = 1; i < weights.length; i++) {
      sum += weights[i];
    }
    if (sum == 0) {
      return this;
    }
    float[] scaled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = (float) (weights[i] * total / sum);
    }
    return new TokenSequence(ids, positions, scaled, teacher);
  }
}
