package org.seal4j.model.train;

import java.util.Map;
import org.seal4j.model.plan.Engine;

/**
 * Makes the optimizers that recipes call by one name. A class on the class path that a file {@code
 * META-INF/services/org.seal4j.model.train.OptimizerFactory} names is found by it; it needs a
 * public constructor without parameters.
 *
 * <p>Must be safe for use by several threads.
 */
public interface OptimizerFactory {
  /** The name: lower-case letters, digits, {@code -} and {@code _}, beginning with a letter. */
  String name();

  /**
   * The numbers that a recipe may give besides the learning rate, with their defaults: {@code
   * optimizer: {name: lion, beta1: 0.95}}.
   */
  default Map<String, Double> options() {
    return Map.of();
  }

  /**
   * Whether it updates this weight when a whole model is trained; the others get AdamW. Adapters
   * are updated as a whole.
   *
   * @param weight name, such as {@code model.layers.0.mlp.up_proj.weight}
   * @param shape sizes, outermost axis first
   */
  default boolean updates(String weight, long[] shape) {
    return true;
  }

  /**
   * The optimizer of one weight array.
   *
   * @param shape sizes, outermost axis first: {@code [out, in]} for a matrix of a model, {@code
   *     [in, r]} and {@code [r, out]} for A and B of an adapter
   * @param options all of {@link #options()}, with the recipe's numbers where it gives some
   * @throws org.seal4j.data.check.InputException where an option is out of range
   */
  Optimizer create(long[] shape, Map<String, Double> options);

  /**
   * The same for an optimizer that runs graphs.
   *
   * @param engine that is to run them
   */
  default Optimizer create(long[] shape, Map<String, Double> options, Engine engine) {
    return create(shape, options);
  }
}
