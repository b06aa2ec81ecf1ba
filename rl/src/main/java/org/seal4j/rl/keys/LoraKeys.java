package org.seal4j.rl.keys;

import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;

/**
 * The arithmetic of an adapter (LoRA, Hu et al. 2021).
 *
 * @param rank of the low-rank product
 * @param alpha numerator of its scaling; the denominator is the rank
 * @param targetModules which linear layers get an adapter: {@code all-linear}, {@code
 *     all-linear+head}, a list of names, or {@code regex:...}; with {@code last 10:} before it,
 *     those of the last ten layers alone, whose lower layers are then computed once for all epochs
 */
public record LoraKeys(int rank, double alpha, String targetModules) {
  public LoraKeys {
    new LoraConfig(rank, alpha, false, new TargetModules(targetModules));
  }

  /** The same for the adapters. */
  public LoraConfig config() {
    return new LoraConfig(rank, alpha, false, new TargetModules(targetModules));
  }
}
