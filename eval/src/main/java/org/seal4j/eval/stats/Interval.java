package org.seal4j.eval.stats;

import org.seal4j.data.check.Checks;

/** A closed interval of finite numbers, for example of a 95 % confidence statement. */
public record Interval(double low, double high) {
  public Interval {
    Checks.require(
        Double.isFinite(low) && Double.isFinite(high) && low <= high,
        "an interval needs finite ends with low <= high but got [%s, %s]",
        low,
        high);
  }

  /** Whether the number lies inside, ends included. */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }

  /** The length. */
  public double width() {
    return high - low;
  }

  /** Whether all of it is above zero: the mark of a difference that is a gain. */
  public boolean isAboveZero() {
    return low > 0;
  }
}
