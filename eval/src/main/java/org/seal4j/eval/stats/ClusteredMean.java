package org.seal4j.eval.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * A mean over tasks of a few kinds with intervals of 95 %: tasks of one kind resemble each other,
 * so that kinds are the independent units.
 *
 * @param effect the mean, its errors and the design effect
 * @param byKinds by Student's distribution over kinds: the one to quote where kinds are few
 * @param bootstrapped percentiles of kinds drawn with replacement; somewhat too short with few
 *     kinds
 * @param naive as if tasks were independent
 */
public record ClusteredMean(
    DesignEffect effect, Interval byKinds, Interval bootstrapped, Interval naive) {

  /**
   * Of shares in [0, 1].
   *
   * @param kinds the kind of each task {@code [t]}
   * @param values of each task {@code [t]}
   * @param seeds of the bootstrap
   */
  public static ClusteredMean ofShares(List<String> kinds, double[] values, Seeds seeds) {
    return of(kinds, values, 0, seeds);
  }

  /**
   * Of the differences of two such shares, paired by task.
   *
   * @param after shares of each task {@code [t]}
   * @param before shares of each task {@code [t]}
   */
  public static ClusteredMean ofDifferences(
      List<String> kinds, double[] after, double[] before, Seeds seeds) {
    Checks.require(
        after.length == before.length,
        "paired shares need the same tasks but there are %d and %d",
        after.length,
        before.length);
    double[] differences = new double[after.length];
    Arrays.setAll(differences, t -> after[t] - before[t]);
    return of(kinds, differences, -1, seeds);
  }

  private static ClusteredMean of(List<String> kinds, double[] values, double lowest, Seeds seeds) {
    Checks.require(
        kinds.size() == values.length && values.length >= 1,
        "a mean by kinds needs a kind for each of its tasks but got %d kinds for %d tasks",
        kinds.size(),
        values.length);
    Map<String, List<Double>> byKind = new LinkedHashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (int t = 0; t < values.length; t++) {
      byKind.computeIfAbsent(kinds.get(t), kind -> new ArrayList<>()).add(values[t]);
      outcomes.add(new Outcome(kinds.get(t), values[t]));
    }
    DesignEffect effect = DesignEffect.of(List.copyOf(byKind.values()));
    TaskSums sums = TaskSums.of(outcomes);
    Estimate drawn =
        new TaskBootstrap(seeds).estimate(sums.size(), sums::mean).within(lowest, 1, 0.95);
    Interval naive = effect.naiveInterval();
    return new ClusteredMean(
        effect,
        effect.clusteredInterval(lowest, 1),
        drawn.interval(),
        new Interval(
            Math.min(effect.mean(), Math.max(lowest, naive.low())),
            Math.max(effect.mean(), Math.min(1, naive.high()))));
  }

  /** The mean itself. */
  public double mean() {
    return effect.mean();
  }
}
