package org.seal4j.eval.stats;

/**
 * A figure with its uncertainty.
 *
 * @param value the figure itself, from all data
 * @param standardError standard deviation of the figure over resampled data
 * @param interval 95 % interval unless asked for otherwise
 * @param tasks number of independent tasks behind it
 */
public record Estimate(double value, double standardError, Interval interval, int tasks) {
  /** Intervals no longer than this are of length zero but for rounding. */
  private static final double NOTHING = 1e-12;

  /**
   * The same where resampled data differ. Where all tasks gave one figure, such as 0 of n, drawing
   * them again says nothing of other tasks; then the interval allows for as many that are unlike
   * all of these as Wilson's interval for 0 of n tasks does, and for any figure between the bounds
   * in them. For 0 of n and n of n that is Wilson's own interval.
   *
   * @param lowest figure that a task can have
   * @param highest figure that a task can have
   * @param level confidence, in (0, 1)
   */
  public Estimate within(double lowest, double highest, double level) {
    if (interval.width() > NOTHING) {
      return this;
    }
    double unseen = new Proportion(0, tasks).wilson(level).high();
    Interval wider =
        new Interval(value - unseen * (value - lowest), value + unseen * (highest - value));
    return new Estimate(value, standardError, wider, tasks);
  }
}
