package org.seal4j.eval.stats;

import java.util.OptionalDouble;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.seal4j.data.check.Checks;

/** How far two ratings of the same items agree. */
public final class Agreement {
  private Agreement() {}

  /**
   * Spearman's rank correlation in [-1, 1]; ties share their mean rank. Empty where it is not
   * defined: one side is constant.
   *
   * @param x finite ratings {@code [n]}, n at least 2
   * @param y finite ratings {@code [n]}
   */
  public static OptionalDouble spearman(double[] x, double[] y) {
    Checks.require(
        x.length == y.length && x.length >= 2,
        "two ratings of the same items need equal numbers >= 2 but got %d and %d",
        x.length,
        y.length);
    for (int i = 0; i < x.length; i++) {
      Checks.require(
          Double.isFinite(x[i]) && Double.isFinite(y[i]),
          "ratings must be finite but item %d has %s and %s",
          i,
          x[i],
          y[i]);
    }
    double rho = new SpearmansCorrelation().correlation(x, y);
    return Double.isNaN(rho) ? OptionalDouble.empty() : OptionalDouble.of(rho);
  }
}
