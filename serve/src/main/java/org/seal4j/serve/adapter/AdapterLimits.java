package org.seal4j.serve.adapter;

import org.seal4j.data.check.Checks;

/**
 * What an adapter may cost.
 *
 * @param loaded adapters in memory at once; those that were asked for last stay
 * @param answering adapters that can answer at once; more take turns
 * @param rank largest rank, of the sum of several too
 * @param together adapters that one request may put in effect together
 * @param otherBase whether an adapter is taken that says it was trained over other weights
 */
public record AdapterLimits(int loaded, int answering, int rank, int together, boolean otherBase) {
  public AdapterLimits {
    Checks.require(loaded >= 1, "loaded must be at least 1 but was %d", loaded);
    Checks.require(answering >= 1, "answering must be at least 1 but was %d", answering);
    Checks.require(rank >= 1, "rank must be at least 1 but was %d", rank);
    Checks.require(
        together >= 1 && together <= loaded,
        "together must be between 1 and loaded, %d, but was %d",
        loaded,
        together);
  }

  /** 64 adapters in memory, eight of them answering at once, of rank 128 at most, four together. */
  public static AdapterLimits defaults() {
    return new AdapterLimits(64, 8, 128, 4, false);
  }
}
