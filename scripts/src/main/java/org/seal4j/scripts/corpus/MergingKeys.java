package org.seal4j.scripts.corpus;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.lora.merge.Denoiser;
import org.seal4j.lora.merge.Denoising;
import org.seal4j.lora.merge.MergeMethod;
import org.seal4j.lora.merge.MergeMethods;
import org.seal4j.model.Weights;

/**
 * How the adapters of a corpus are merged into the model.
 *
 * @param weight factor on each of them; null for one over their number, which is their mean
 * @param rank largest rank of what comes out where the method takes one
 * @param denoise what of each adapter is dropped before, in methods whose names end with that
 */
public record MergingKeys(@Nullable Double weight, int rank, Denoising denoise) {
  public MergingKeys {
    Checks.require(
        weight == null || Double.isFinite(weight),
        "merging.weight must be finite but was %s",
        String.valueOf(weight));
    Checks.require(rank >= 1, "merging.rank must be >= 1 but was %d", rank);
  }

  /** The factor on each of so many adapters. */
  double weight(int adapters) {
    return weight == null ? 1.0 / adapters : weight;
  }

  /** The rank of what a method makes of so many products; empty where that has no bound. */
  OptionalInt rank(MergeMethod method) {
    return method.makesAdapter() && !method.isExact() ? OptionalInt.of(rank) : OptionalInt.empty();
  }

  /** A merge by a method of this recipe. */
  AdapterMerge merge(Method.Merged method, Weights weights) {
    MergeMethod by = MergeMethods.named(method.by());
    return new AdapterMerge(
        by,
        rank(by),
        method.denoised() ? Optional.of(Denoiser.once(denoise, weights)) : Optional.empty());
  }
}
