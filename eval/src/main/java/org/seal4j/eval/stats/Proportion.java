package org.seal4j.eval.stats;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.seal4j.data.check.Checks;

/**
 * A share: so many successes of n independent trials.
 *
 * @param successes in [0, n]
 * @param n number of trials, at least 1
 */
public record Proportion(int successes, int n) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  public Proportion {
    Checks.require(
        n >= 1 && successes >= 0 && successes <= n,
        "a proportion needs n >= 1 and successes in [0, n] but got %d of %d",
        successes,
        n);
  }

  /** Successes divided by n. */
  public double estimate() {
    return (double) successes / n;
  }

  /** The 95 % interval of Wilson (1927). */
  public Interval wilson() {
    return wilson(0.95);
  }

  /**
   * The score interval of Wilson (1927): sensible for small n and for 0 or n successes. It takes
   * the trials as independent; several edits of one task are not quite that, and {@link
   * TaskBootstrap} is for these.
   *
   * @param level confidence, in (0, 1)
   */
  public Interval wilson(double level) {
    Checks.require(level > 0 && level < 1, "confidence level must be in (0, 1) but was %s", level);
    double z = NORMAL.inverseCumulativeProbability((1 + level) / 2);
    double p = estimate();
    double spread = z * z / n;
    double center = (p + spread / 2) / (1 + spread);
    double half = z / (1 + spread) * Math.sqrt(p * (1 - p) / n + spread / (4 * n));
    double low = successes == 0 ? 0 : center - half;
    double high = successes == n ? 1 : center + half;
    return new Interval(low, high);
  }
}
