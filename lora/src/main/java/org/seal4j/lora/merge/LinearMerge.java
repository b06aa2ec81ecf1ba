package org.seal4j.lora.merge;

import java.util.List;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of the updates. Its rank is the sum of their ranks, so that nothing is lost; where a
 * smaller one is asked for, the sum is cut back to it by its SVD. PEFT calls the first {@code cat};
 * its own {@code linear} sums A and B apart, which is another matrix.
 */
public final class LinearMerge implements MergeMethod {
  @Override
  public String methodName() {
    return "linear";
  }

  @Override
  public boolean makesAdapter() {
    return true;
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public MergedModule merge(INDArray weight, List<LowRankUpdate> updates, OptionalInt rank) {
    return new MergedModule(cut(LowRankUpdate.sum(updates), rank));
  }

  /** The update, or its best approximation where it has more products than may be. */
  static LowRankUpdate cut(LowRankUpdate sum, OptionalInt rank) {
    return rank.isPresent() && sum.rank() > rank.getAsInt()
        ? sum.svd().first(rank.getAsInt()).update()
        : sum;
  }
}
