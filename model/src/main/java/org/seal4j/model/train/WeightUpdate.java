package org.seal4j.model.train;

import java.nio.FloatBuffer;
import java.util.Map;
import org.seal4j.data.check.Nearest;
import org.seal4j.model.kernel.Scratch;

/**
 * One update of one weight array: what an {@link Optimizer} reads and writes. The buffers hold
 * float32 elements in row-major order, are used by index, and are valid during the update only.
 *
 * @param weight the weight, to be changed in place
 * @param rawGradient gradient of the weight before clipping; may be overwritten. Use {@link
 *     #gradient}, or multiply by {@code gradientScale}
 * @param gradientScale factor of gradient clipping, at most 1
 * @param states the arrays of {@link Optimizer#state()} by name
 * @param rate learning rate of this step, the schedule's factor included
 * @param step number of the update, from 1
 * @param scratch staging arrays of the thread, for the kernels of {@code model.kernel}
 */
public record WeightUpdate(
    FloatBuffer weight,
    FloatBuffer rawGradient,
    double gradientScale,
    Map<String, FloatBuffer> states,
    double rate,
    long step,
    Scratch scratch) {

  /** Number of elements of the weight. */
  public int length() {
    return weight.capacity();
  }

  /** Element {@code i} of the clipped gradient. */
  public float gradient(int i) {
    return rawGradient.get(i) * (float) gradientScale;
  }

  /** A remembered array. */
  public FloatBuffer state(String name) {
    return Nearest.get(states, name, "the optimizer has no state");
  }
}
