package org.seal4j.model.generate;

/**
 * How likely the weighted tokens of one sequence are.
 *
 * @param nll negative natural log-likelihood of each token given all before it, {@code [t]}; 0
 *     where it was not asked for
 * @param tokens how many tokens were asked for
 * @param total sum of their negative log-likelihoods
 * @param right how many of them are the most likely token at their place
 * @param exact whether there are such tokens and each is the most likely one: greedy decoding from
 *     the prompt would write them
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
public record Score(double[] nll, int tokens, double total, int right, boolean exact) {

  /** Negative log-likelihood per token, 0 where none was asked for. */
  public double mean() {
    return tokens == 0 ? 0 : total / tokens;
  }
}
