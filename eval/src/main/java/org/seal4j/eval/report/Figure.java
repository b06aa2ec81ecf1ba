package org.seal4j.eval.report;

import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.stats.Interval;

/**
 * A figure of a run that is no row of the result table, such as GPU seconds or a score of another
 * benchmark.
 *
 * @param value finite
 * @param unit such as {@code "s"}; empty for shares and counts
 * @param interval 95 % interval, where there is one
 * @param n number of observations behind it, at least 1
 */
public record Figure(double value, String unit, Optional<Interval> interval, int n) {
  public Figure {
    Checks.require(
        Double.isFinite(value) && n >= 1,
        "a figure needs a finite value and n >= 1 but got %s, n = %d",
        value,
        n);
  }
}
