package org.seal4j.eval.stats;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * Whether two conditions are alike: two one-sided tests on the paired difference (Schuirmann 1987),
 * each at 5 %, with tasks as the independent units. They are alike where the difference is shown to
 * be above minus the margin and below the margin, which is where its 90 % interval lies inside. A
 * difference that is merely not significant shows nothing of the kind.
 *
 * @param difference mean over tasks of {@code after} minus {@code before}
 * @param interval 90 % interval by Student's distribution; where all tasks differ by the same, that
 *     of {@link Estimate#within}
 * @param margin largest difference that is none, above 0
 * @param tasks how many
 */
public record Equivalence(double difference, Interval interval, double margin, int tasks) {
  private static final double LEVEL = 0.9;

  public Equivalence {
    Checks.require(
        margin > 0 && Double.isFinite(margin),
        "a margin of equivalence must be finite and > 0 but was %s",
        margin);
  }

  /**
   * Of two conditions that were tried on the same tasks, with values in [0, 1].
   *
   * @param margin largest difference that is none
   */
  public static Equivalence of(List<Outcome> after, List<Outcome> before, double margin) {
    PairedTasks pairs = PairedTasks.of(after, before);
    double mean = pairs.mean();
    double half =
        pairs.tasks() < 2 ? 0 : pairs.error() * PairedTasks.student(pairs.tasks(), (1 + LEVEL) / 2);
    Interval student = new Interval(mean - half, mean + half);
    Estimate estimate =
        new Estimate(mean, pairs.error(), student, pairs.tasks()).within(-1, 1, LEVEL);
    return new Equivalence(mean, estimate.interval(), margin, pairs.tasks());
  }

  /** Whether both tests refuse that the difference reaches the margin. */
  public boolean shown() {
    return interval.low() > -margin && interval.high() < margin;
  }
}
