package org.seal4j.lora;

import org.seal4j.data.check.Checks;

/**
 * The arithmetic of an adapter, as in PEFT: {@code y = x w^T + scaling * (x A^T) B^T}.
 *
 * @param rank r
 * @param alpha numerator of the scaling
 * @param rankStabilized scaling is alpha / sqrt(rank) instead of alpha / rank (Kalajdzievski 2023)
 * @param targetModules which linears get an adapter
 */
public record LoraConfig(
    int rank, double alpha, boolean rankStabilized, TargetModules targetModules) {
  public LoraConfig {
    Checks.require(
        rank >= 1, "rank must be >= 1 but was %d; use 8 for quick runs, 32 as in SEAL", rank);
    Checks.require(alpha > 0, "alpha must be > 0 but was %s; twice the rank is usual", alpha);
  }

  /** What the low-rank product is multiplied with. */
  public double scaling() {
    return rankStabilized ? alpha / Math.sqrt(rank) : alpha / rank;
  }
}
