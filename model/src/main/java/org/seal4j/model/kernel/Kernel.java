package org.seal4j.model.kernel;

import org.jspecify.annotations.Nullable;

/** One fused operation, bound to its arrays by a plan and run many times. */
@FunctionalInterface
public interface Kernel {
  /**
   * Computes the outputs from the inputs.
   *
   * @param in inputs in the op's order
   * @param out outputs in the op's order; null where nobody reads that output
   * @param scratch staging arrays of the calling thread
   */
  void run(Tensor[] in, @Nullable Tensor[] out, Scratch scratch);
}
