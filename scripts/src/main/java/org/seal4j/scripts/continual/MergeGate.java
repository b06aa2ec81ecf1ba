package org.seal4j.scripts.continual;

import java.util.function.DoubleUnaryOperator;
import org.seal4j.data.check.Checks;

/**
 * Lets an adapter in only as far as old knowledge stands it (STABLE, arXiv 2510.16089): the largest
 * scale, found by bisection, at which the share of right anchor questions stays within the budget.
 *
 * @param budget largest drop of that share by one merge
 * @param minScale smallest scale worth merging; where even that costs too much nothing is merged
 * @param bisections halvings between it and 1
 */
public record MergeGate(double budget, double minScale, int bisections) {
  public MergeGate {
    Checks.require(
        budget >= 0 && budget <= 1, "guards.gate.budget must be in [0, 1] but was %s", budget);
    Checks.require(
        minScale > 0 && minScale < 1,
        "guards.gate.minScale must be in (0, 1) but was %s",
        minScale);
    Checks.require(bisections >= 0, "guards.gate.bisections must be >= 0 but was %d", bisections);
  }

  /**
   * The scale to merge with; 0 where the adapter is rejected.
   *
   * @param before share of anchor questions answered before the merge
   * @param after the share after a merge at a scale
   */
  double scale(double before, DoubleUnaryOperator after) {
    if (isWithin(before, after.applyAsDouble(1))) {
      return 1;
    }
    if (!isWithin(before, after.applyAsDouble(minScale))) {
      return 0;
    }
    double low = minScale;
    double high = 1;
    for (int i = 0; i < bisections; i++) {
      double middle = (low + high) / 2;
      if (isWithin(before, after.applyAsDouble(middle))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isWithin(double before, double after) {
    return before - after <= budget + 1e-12;
  }
}
