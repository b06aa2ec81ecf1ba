package org.seal4j.serve.adapter;

import org.seal4j.data.check.Checks;

/**
 * What an adapter may cost.
 *
 * @param loaded adapters in memory at once; those that were asked for last stay
 * @param rank largest rank
 * @param together adapters that one request may put in effect together
 * @param otherBase whether an adapter is taken that says it was trained over other weights
 */
public record AdapterLimits(int loaded, int rank, int together, boolean otherBase) {
  public AdapterLimits {
    Checks.require(loaded >= 1, "loaded must be at least 1 but was %d", loaded);
    Checks.require(rank >= 1, "rank must be at least 1 but was %d", rank);
    Checks.require(
        together >= 1 && together <= loaded,
        "together must be between 1 and loaded, %d, but was %d",
        loaded,
        together);
  }

  /** 16 adapters in memory, of rank 128 at most, four of them together. */
  public static AdapterLimits defaults() {
    return new AdapterLimits(16, 128, 4, false);
  }
}
