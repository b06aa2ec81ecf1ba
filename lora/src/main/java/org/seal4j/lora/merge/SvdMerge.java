package org.seal4j.lora.merge;

import java.util.List;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The best approximation of the sum of the updates (Eckart and Young 1936), of the rank that is
 * asked for, else of the largest among them, as PEFT's {@code svd} does.
 */
public final class SvdMerge implements MergeMethod {
  @Override
  public String methodName() {
    return "svd";
  }

  @Override
  public boolean makesAdapter() {
    return true;
  }

  @Override
  public MergedModule merge(INDArray weight, List<LowRankUpdate> updates, OptionalInt rank) {
    int largest = updates.stream().mapToInt(LowRankUpdate::rank).max().orElse(0);
    int wanted = rank.orElse(largest);
    return new MergedModule(LowRankUpdate.sum(updates).svd().first(wanted).update());
  }
}
