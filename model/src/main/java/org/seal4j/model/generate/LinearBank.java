package org.seal4j.model.generate;

import org.seal4j.model.CausalLm;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;

/**
 * Where the linear modules of a decoding or scoring graph come from: the base model, or a bank of n
 * adapters over it.
 *
 * <p>The rows of such a graph are {@link #groups()} equal blocks of consecutive rows; block i
 * belongs to adapter i. Results are independent of the batch to the last bit only where the bank
 * computes a row the same way whatever stands beside it, as {@link Products} does.
 */
public interface LinearBank {
  /** Number n of adapters in one batch, 1 for the base model. */
  int groups();

  /**
   * The linear modules of one graph. A bank that changes its adapters must keep their arrays: plans
   * are bound to them and are reused.
   *
   * @param products how the base multiplies, for {@link CausalLm#baseLinear}
   */
  LinearLayer linear(Graph graph, Products products);

  /** Refuses an engine that cannot run these modules. */
  default void requireEngine(Engine engine) {}

  /**
   * The same adapters over weights in fewer bits, where tokens are written: texts are read as
   * before.
   */
  default LinearBank writingWith(FrozenWeights frozen) {
    return new FrozenBank(this, frozen, false);
  }

  /** The same adapters over weights in fewer bits everywhere. */
  default LinearBank everywhereWith(FrozenWeights frozen) {
    return new FrozenBank(this, frozen, true);
  }

  /** The model itself, without adapters, whose tokens are written with weights of this form. */
  static LinearBank base(Weights weights, WeightForm form) {
    LinearBank own = base(weights);
    return form == WeightForm.FLOAT32 ? own : own.writingWith(FrozenWeights.of(weights, form));
  }

  /** The model itself, without adapters. */
  static LinearBank base(Weights weights) {
    return new LinearBank() {
      @Override
      public int groups() {
        return 1;
      }

      @Override
      public LinearLayer linear(Graph graph, Products products) {
        return CausalLm.baseLinear(graph, weights, name -> false, products);
      }
    };
  }
}
