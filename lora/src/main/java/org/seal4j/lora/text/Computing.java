package org.seal4j.lora.text;

import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;

/**
 * How a model computes what it writes.
 *
 * @param engine that runs its graphs
 * @param weights form of the weights that tokens are written with; prompts are read in float32
 * @param threads how many share the products of a token that is written; no bit depends on them
 */
public record Computing(Engine engine, WeightForm weights, int threads) {
  public Computing {
    Checks.require(
        engine == Engine.KERNELS || weights == WeightForm.FLOAT32,
        "--weights %s is read by the kernels of Seal4J alone; leave --engine %s out, or use --weights"
            + " %s",
        weights.text(),
        engine,
        WeightForm.FLOAT32.text());
  }

  /** On all processors. */
  public Computing(Engine engine, WeightForm weights) {
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
}
