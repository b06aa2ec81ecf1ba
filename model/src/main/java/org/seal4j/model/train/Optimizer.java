package org.seal4j.model.train;

import java.util.Map;

/**
 * Updates one weight array in place from its gradient. Made by an {@link OptimizerFactory}, for
 * weights of a model and for the A and B of an adapter alike.
 *
 * <p>What it remembers from step to step lies in float32 arrays that the trainer owns: it makes
 * them, fills them with 0 before the first update, stores and restores them with checkpoints, and
 * frees them. An optimizer must keep nothing else from update to update, since one object serves
 * all adapters that are trained in one batch, each with arrays of its own. An update must depend on
 * its {@link WeightUpdate} alone; then N adapters together have the bits of each alone, and a
 * resumed training those of one without a stop.
 *
 * <p>Never used by two threads at once.
 */
public interface Optimizer extends AutoCloseable {
  /**
   * The arrays to remember, by name: their shapes, outermost axis first. Empty where nothing is
   * remembered. The names are written into checkpoints.
   */
  Map<String, long[]> state();

  /** Changes the weight, and the arrays of {@link #state()}, by one step. */
  void update(WeightUpdate update);

  /** Frees buffers of its own, where there are any. */
  @Override
  default void close() {}
}
