package org.seal4j.eval.report;

import org.seal4j.data.check.Checks;
import org.seal4j.eval.stats.Interval;
import org.seal4j.eval.stats.Proportion;

/**
 * One row of the result table.
 *
 * @param name what was done, for example {@code "round 2"}
 * @param value the figure, a share in [0, 1]
 * @param n number of (task, edit) pairs behind it
 * @param interval 95 % interval, contains the figure
 */
public record Condition(String name, double value, int n, Interval interval) {
  public Condition {
    Checks.require(
        value >= 0 && value <= 1 && n >= 1 && interval.contains(value),
        "condition %s needs a share in [0, 1] inside its interval and n >= 1 but got %s, %s, n = %d",
        name,
        value,
        interval,
        n);
  }

  /** A share of right pairs with its Wilson interval. */
  public static Condition of(String name, Proportion share) {
    return new Condition(name, share.estimate(), share.n(), share.wilson());
  }
}
