package org.seal4j.lora.text;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;

/**
 * How a model computes what it writes.
 *
 * @param engine that runs its graphs
 * @param weights form of the weights that tokens are written with; prompts are read in float32.
 *     Null for what a service of many answers does best with: packed where that copy is small, else
 *     float32
 * @param threads how many share the products of a token that is written; no bit depends on them
 */
public record Computing(Engine engine, @Nullable WeightForm weights, int threads) {
  /** Size in bytes of a packed copy, at most, that is made without being asked for. */
  private static final double SMALL_COPY = 1L << 30;

  public Computing {
    Checks.require(
        engine == Engine.KERNELS || weights == null || weights == WeightForm.FLOAT32,
        "--weights %s is read by the kernels of Seal4J alone; leave --engine %s out, or use --weights"
            + " %s",
        weights == null ? "" : weights.text(),
        engine,
        WeightForm.FLOAT32.text());
  }

  /** On all processors. */
  public Computing(Engine engine, @Nullable WeightForm weights) {
    this(engine, weights, Runtime.getRuntime().availableProcessors());
  }

  /** With our kernels and the model's own weights. */
  public static Computing usual() {
    return with(WeightForm.FLOAT32);
  }

  /** With our kernels. */
  public static Computing with(WeightForm weights) {
    return new Computing(Engine.KERNELS, weights);
  }

  /** What it takes on the Java heap beside a model's own weights, for a copy of them. */
  public double copyBytes(ModelConfig config) {
    WeightForm form = weights(config);
    return form == WeightForm.FLOAT32 ? 0 : FrozenWeights.bytes(config, form);
  }

  /** The form for a model. */
  WeightForm weights(ModelConfig config) {
    if (weights != null) {
      return weights;
    }
    boolean pays =
        engine == Engine.KERNELS && FrozenWeights.bytes(config, WeightForm.PACKED) <= SMALL_COPY;
    return pays ? WeightForm.PACKED : WeightForm.FLOAT32;
  }
}
