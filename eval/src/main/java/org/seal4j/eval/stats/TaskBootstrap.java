package org.seal4j.eval.stats;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * Percentile bootstrap over tasks (Efron and Tibshirani 1993): whole tasks are drawn with
 * replacement, so that trials of one task stay together, and both conditions of a difference see
 * the same draw. Figures are means over trials, as in the printed tables; where all tasks have
 * equally many trials that is also the mean over tasks.
 *
 * <p>With few tasks (below about 20) the interval is somewhat too short. Where all tasks have the
 * same outcome, such as 0 of n, every draw gives the same figure; shares in [0, 1] and differences
 * of such shares then get the interval of {@link Estimate#within}, which is never of length zero.
 *
 * @param seeds node of the seed tree; the same node gives the same draws
 * @param draws number of resamples, at least 100
 * @param level confidence, in (0, 1)
 */
public record TaskBootstrap(Seeds seeds, int draws, double level) {
  public TaskBootstrap {
    Checks.require(draws >= 100, "bootstrap draws must be >= 100 but were %d; use 10000", draws);
    Checks.require(level > 0 && level < 1, "confidence level must be in (0, 1) but was %s", level);
  }

  /** 10,000 draws, 95 %. */
  public TaskBootstrap(Seeds seeds) {
    this(seeds, 10_000, 0.95);
  }

  /** Mean of all trials of one condition. */
  public Estimate mean(List<Outcome> trials) {
    TaskSums sums = TaskSums.of(trials);
    Estimate mean = estimate(sums.size(), sums::mean);
    return areShares(trials) ? mean.within(0, 1, level) : mean;
  }

  /**
   * Mean of {@code after} minus mean of {@code before}. Both need the same tasks; the number of
   * trials per task may differ.
   */
  public Estimate difference(List<Outcome> after, List<Outcome> before) {
    TaskSums left = TaskSums.of(after);
    TaskSums right = TaskSums.of(before);
    left.requireSameTasks(right);
    Estimate difference = estimate(left.size(), tasks -> left.mean(tasks) - right.mean(tasks));
    return areShares(after) && areShares(before) ? difference.within(-1, 1, level) : difference;
  }

  private static boolean areShares(List<Outcome> trials) {
    return trials.stream().allMatch(trial -> trial.value() >= 0 && trial.value() <= 1);
  }

  /**
   * Any figure of tasks: its value from all of them in their own order, and its spread over
   * resampled ones.
   *
   * @param tasks how many there are
   * @param figure of these tasks, {@code [tasks]} indices of which several may be the same; finite
   */
  public Estimate estimate(int tasks, ToDoubleFunction<int[]> figure) {
    Rng rng = seeds.child("bootstrap").rng();
    int[] drawn = new int[tasks];
    double[] figures = new double[draws];
    for (int d = 0; d < draws; d++) {
      for (int i = 0; i < tasks; i++) {
        drawn[i] = rng.nextInt(tasks);
      }
      figures[d] = figure.applyAsDouble(drawn);
    }
    Arrays.setAll(drawn, i -> i);
    double value = figure.applyAsDouble(drawn);
    return new Estimate(value, new StandardDeviation().evaluate(figures), middle(figures), tasks);
  }

  private Interval middle(double[] figures) {
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(figures);
    double tail = 100 * (1 - level) / 2;
    return new Interval(percentile.evaluate(tail), percentile.evaluate(100 - tail));
  }
}
