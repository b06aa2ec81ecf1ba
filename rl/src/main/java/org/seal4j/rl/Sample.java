package org.seal4j.rl;

import org.seal4j.data.check.Checks;

/**
 * What the policy wrote.
 *
 * @param raw the answer exactly as written (text, or the names of configuration symbols); the
 *     learner must be able to rebuild the answer's tokens from it
 * @param logProbability natural logarithm of the answer's probability under the sampling policy,
 *     summed over its tokens
 */
public record Sample(String raw, double logProbability) {
  public Sample {
    Checks.require(
        !Double.isNaN(logProbability), "a sample's log-probability is NaN; it wrote '%s'", raw);
  }
}
