package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** The tokens one by one, as they were told when they were written. */
  public List<ChosenToken> chosen() {
    List<ChosenToken> chosen = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      chosen.add(new ChosenToken(tokens[i], logProbs[i], modelLogProbs[i], shares(i)));
    }
    return chosen;
  }

  private List<TokenShare> shares(int place) {
    List<TokenShare> shares = new ArrayList<>();
    for (int j = 0; likeliest != null && j < likeliest.width(); j++) {
      int at = place * likeliest.width() + j;
      shares.add(
          new TokenShare(likeliest.ids()[at], StrictMath.log(likeliest.probabilities()[at])));
    }
    return shares;
  }

  /** Logarithm of the probability with which this answer was drawn. */
  public double logProb() {
    return Arrays.stream(logProbs).sum();
  }

  /** Logarithm of the answer's probability under the model alone. */
  public double modelLogProb() {
    return Arrays.stream(modelLogProbs).sum();
  }
}
