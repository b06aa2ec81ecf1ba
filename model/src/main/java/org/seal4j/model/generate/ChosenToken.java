package org.seal4j.model.generate;

import java.util.List;

/**
 * One token of an answer, as it is written.
 *
 * @param id the token
 * @param logProb natural logarithm of its probability in the distribution that it was drawn from,
 *     see {@link Generation#logProbs}
 * @param modelLogProb natural logarithm of its probability under the model alone
 * @param likeliest the likeliest tokens at its place, falling; empty where none were asked for
 */
public record ChosenToken(int id, double logProb, double modelLogProb, List<TokenShare> likeliest) {
  public ChosenToken {
    likeliest = List.copyOf(likeliest);
  }
}
