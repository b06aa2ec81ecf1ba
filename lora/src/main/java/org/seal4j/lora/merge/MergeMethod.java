package org.seal4j.lora.merge;

import java.util.List;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes one change of a weight out of those of several adapters. Found by {@link
 * java.util.ServiceLoader}, so that a jar on the class path adds methods; needs a public
 * constructor without parameters. Must be safe for use by several threads.
 */
public interface MergeMethod {
  /** What it is called: lower-case letters, digits, {@code -} and {@code _}. */
  String methodName();

  /**
   * Whether weights stay what they are under the merged update, so that the result is an adapter:
   * {@link MergedModule#scale} is then always 1. Else the result is a set of weights.
   */
  boolean makesAdapter();

  /**
   * Whether the result adds exactly the sum of all updates, rounding aside, where no rank is asked
   * for.
   */
  default boolean isExact() {
    return false;
  }

  /**
   * Merges the updates of one weight.
   *
   * @param weight W {@code [out, in]}, to be read only
   * @param updates of the adapters that have this module, at least one, times their factors
   * @param rank largest rank of the result, where one was asked for
   */
  MergedModule merge(INDArray weight, List<LowRankUpdate> updates, OptionalInt rank);
}
