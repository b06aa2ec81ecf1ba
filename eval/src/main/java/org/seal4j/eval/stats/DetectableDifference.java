package org.seal4j.eval.stats;

import org.seal4j.data.check.Checks;

/**
 * How small a difference of two conditions an experiment can show, from the noise of its parts: a
 * paired test over tasks at 5 %, two-sided. On one task the difference varies by the variance
 * {@code titles² + 2 (edits² + repeats²) / e + questions² / k} with e self-edits a condition and k
 * questions; the difference that is shown with a given probability is {@code (t(.975) + t(power))
 * √(variance / n)} (Cohen 1988), t of Student's distribution with n − 1 degrees of freedom.
 *
 * @param titles standard deviation of the true difference between tasks
 * @param edits standard deviation of the figure between self-edits of one task
 * @param repeats standard deviation between trainings of one self-edit
 * @param questions standard deviation of the difference between questions of one task
 */
public record DetectableDifference(double titles, double edits, double repeats, double questions) {
  private static final double SIGNIFICANCE = 0.975;

  public DetectableDifference {
    Checks.require(
        titles >= 0 && edits >= 0 && repeats >= 0 && questions >= 0,
        "standard deviations must be >= 0 but were %s, %s, %s and %s",
        titles,
        edits,
        repeats,
        questions);
  }

  /**
   * Standard deviation of the difference on one task.
   *
   * @param k questions of the task
   * @param e self-edits of the task in each condition
   */
  public double spread(int k, int e) {
    Checks.require(k >= 1 && e >= 1, "a task needs a question and an edit, not %d and %d", k, e);
    return Math.sqrt(
        titles * titles + 2 * (edits * edits + repeats * repeats) / e + questions * questions / k);
  }

  /**
   * The smallest difference that is shown with this probability.
   *
   * @param n tasks, at least 2
   * @param k questions of each
   * @param e self-edits of each
   * @param power probability, in (0, 1)
   */
  public double smallest(int n, int k, int e, double power) {
    Checks.require(n >= 2, "a paired test needs at least 2 tasks but has %d", n);
    Checks.require(power > 0 && power < 1, "power must be in (0, 1) but was %s", power);
    double quantiles = PairedTasks.student(n, SIGNIFICANCE) + PairedTasks.student(n, power);
    return quantiles * spread(k, e) / Math.sqrt(n);
  }
}
