package org.seal4j.eval.stats;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
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
    requireRated(x.length, y.length, 2);
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

  /**
   * Cohen's kappa (1960) of two raters: agreement beyond chance, 1 for full agreement, 0 for
   * chance. Empty where it is not defined: both raters give one and the same label throughout.
   *
   * @param a labels of the first rater {@code [n]}, n at least 1
   * @param b labels of the second rater {@code [n]}
   */
  public static <T extends Comparable<T>> OptionalDouble kappa(List<T> a, List<T> b) {
    requireRated(a.size(), b.size(), 1);
    Map<T, Integer> firsts = new TreeMap<>();
    Map<T, Integer> seconds = new TreeMap<>();
    int same = 0;
    for (int i = 0; i < a.size(); i++) {
      firsts.merge(a.get(i), 1, Integer::sum);
      seconds.merge(b.get(i), 1, Integer::sum);
      same += a.get(i).equals(b.get(i)) ? 1 : 0;
    }
    double n = a.size();
    double chance = 0;
    for (Map.Entry<T, Integer> label : firsts.entrySet()) {
      chance += label.getValue() / n * (seconds.getOrDefault(label.getKey(), 0) / n);
    }
    return chance >= 1
        ? OptionalDouble.empty()
        : OptionalDouble.of((same / n - chance) / (1 - chance));
  }

  private static void requireRated(int first, int second, int atLeast) {
    Checks.require(
        first == second && first >= atLeast,
        "two ratings of the same items need equal numbers >= %d but got %d and %d",
        atLeast,
        first,
        second);
  }
}
