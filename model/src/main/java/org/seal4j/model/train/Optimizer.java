package org.seal4j.model.train;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Worker;

/**
 * Updates one weight array from its gradient; keeps what it must remember in arrays that can be
 * saved.
 */
public interface Optimizer extends AutoCloseable {
  /**
   * Applies one update.
   *
   * @param gradient gradient of the weight, already summed over the batch; may be overwritten
   * @param rate learning rate of this step
   * @param gradientScale factor of gradient clipping
   * @param step number of the update, from 1
   */
  void update(INDArray gradient, double rate, double gradientScale, long step, Worker worker);

  /** The arrays to save and restore, by name. */
  Map<String, INDArray> state();

  @Override
  void close();
}
