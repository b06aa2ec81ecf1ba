package org.seal4j.eval.stats;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * A mean over items that share sources, such as questions about the same article, and how much less
 * it is known than if they shared none (Kish 1965): the variance of the mean by clusters, by the
 * linearised ratio estimator, over that of as many independent items.
 *
 * @param mean over all items
 * @param items how many
 * @param clusters how many sources
 * @param naive standard error if items were independent
 * @param clustered standard error by sources
 */
public record DesignEffect(double mean, int items, int clusters, double naive, double clustered) {
  private static final double WIDE = 1.96;

  /**
   * Of the items of each source.
   *
   * @param sources none empty
   */
  public static DesignEffect of(List<List<Double>> sources) {
    Checks.require(
        !sources.isEmpty() && sources.stream().noneMatch(List::isEmpty),
        "a design effect needs at least one source, and an item in each");
    int n = sources.stream().mapToInt(List::size).sum();
    double mean = sources.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).sum() / n;
    double spread = 0;
    double between = 0;
    for (List<Double> source : sources) {
      double residual = 0;
      for (double item : source) {
        spread += (item - mean) * (item - mean);
        residual += item - mean;
      }
      between += residual * residual;
    }
    int k = sources.size();
    double naive = n < 2 ? 0 : Math.sqrt(spread / (n - 1) / n);
    double clustered = k < 2 ? naive : Math.sqrt(between * k / (k - 1)) / n;
    return new DesignEffect(mean, n, k, naive, clustered);
  }

  /** How many times the variance is that of independent items; 1 where nothing varies. */
  public double value() {
    return naive == 0 ? 1 : clustered * clustered / (naive * naive);
  }

  /**
   * The interval of 95 % that takes items for independent, by the normal distribution; Wilson's
   * where all items are 0 or all are 1, which leaves nothing to estimate a spread from.
   */
  public Interval naiveInterval() {
    if (naive == 0 && (mean == 0 || mean == 1)) {
      return new Proportion(mean == 0 ? 0 : items, items).wilson();
    }
    return new Interval(mean - WIDE * naive, mean + WIDE * naive);
  }

  /**
   * The interval of 95 % by sources: Student's distribution with a degree of freedom for each
   * source but one, which also serves where sources are few and a bootstrap over them is too short.
   * Where all sources agree, that of {@link Estimate#within} for as many sources; with one source
   * the naive interval.
   *
   * @param lowest figure that an item can have
   * @param highest figure that an item can have
   */
  public Interval clusteredInterval(double lowest, double highest) {
    Interval found = clusters < 2 ? naiveInterval() : student(lowest, highest);
    return new Interval(
        Math.min(mean, Math.max(lowest, found.low())),
        Math.max(mean, Math.min(highest, found.high())));
  }

  private Interval student(double lowest, double highest) {
    double half = clustered * PairedTasks.student(clusters, 0.975);
    Interval student = new Interval(mean - half, mean + half);
    return new Estimate(mean, clustered, student, clusters)
        .within(lowest, highest, 0.95)
        .interval();
  }
}
