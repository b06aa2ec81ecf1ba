package org.seal4j.model.plan;

import java.util.Locale;

/** What runs the ops of a graph. The two agree up to rounding, not to the last bit. */
public enum Engine {
  /** Fused kernels of Seal4J and matrix products of BLAS ({@link Plan}): the fast way on a CPU. */
  KERNELS,

  /**
   * Stock ops of ND4J alone ({@link StockPlan}): a reference on the CPU, and the only way on a
   * backend that our kernels do not run on.
   */
  STOCK;

  /** Its name on the command line and in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What computes, as keys of caches and identities of runs name it: other engines give other last
   * bits.
   *
   * @param backend of ND4J, such as {@code cpu}
   */
  public String on(String backend) {
    return this == KERNELS ? backend : backend + "+" + this;
  }
}
