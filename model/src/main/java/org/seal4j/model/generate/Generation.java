package org.seal4j.model.generate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;

/**
 * One answer.
 *
 * @param tokens its ids, the stop token included
 * @param logProbs natural logarithm of each token's probability in the distribution that it was
 *     drawn from: allowed tokens only, tempered, truncated, renormalised. For greedy choice: among
 *     the allowed tokens at temperature 1
 * @param modelLogProbs natural logarithm of each token's probability under the model alone: all
 *     tokens, temperature 1
 * @param reason why it ended
 * @param likeliest the likeliest tokens at each place, falling, with their probabilities under the
 *     model alone; null where {@link GenerationConfig#likeliest()} asks for none
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
public record Generation(
    int[] tokens,
    double[] logProbs,
    double[] modelLogProbs,
    StopReason reason,
    @Nullable SoftTargets likeliest) {

  /** Logarithm of the probability with which this answer was drawn. */
  public double logProb() {
    return Arrays.stream(logProbs).sum();
  }

  /** Logarithm of the answer's probability under the model alone. */
  public double modelLogProb() {
    return Arrays.stream(modelLogProbs).sum();
  }
}
