package org.seal4j.rl.teacher;

import org.seal4j.data.check.Checks;

/**
 * How the other model writes.
 *
 * @param temperature 0 for its likeliest answer
 * @param topP share of the probability that it samples from, in (0, 1]
 * @param maxTokens longest answer in its tokens
 */
public record Sampling(double temperature, double topP, int maxTokens) {
  public Sampling {
    Checks.require(
        temperature >= 0 && temperature <= 2 && topP > 0 && topP <= 1 && maxTokens >= 1,
        "sampling needs temperature in [0, 2], topP in (0, 1] and maxTokens >= 1 but has %s, %s,"
            + " %d",
        temperature,
        topP,
        maxTokens);
  }

  /** Temperature 1, top-p 0.95, as SEAL samples self-edits. */
  public static Sampling creative(int maxTokens) {
    return new Sampling(1, 0.95, maxTokens);
  }

  /** The likeliest answer. */
  public static Sampling greedy(int maxTokens) {
    return new Sampling(0, 1, maxTokens);
  }
}
