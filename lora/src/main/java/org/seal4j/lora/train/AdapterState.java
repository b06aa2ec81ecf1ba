package org.seal4j.lora.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Tensors;

/**
 * A copy of one adapter in the middle of its training: its factors and what the optimizer remembers
 * of it. It may go on at any place of any bank of the same shape.
 */
final class AdapterState {
  private final List<float[]> values = new ArrayList<>();

  /**
   * @param arrays that hold {@code count} adapters side by side
   * @param place of the adapter in them
   */
  AdapterState(List<INDArray> arrays, int place, int count) {
    for (INDArray array : arrays) {
      FloatBuffer own = slice(array, place, count);
      float[] copy = new float[own.capacity()];
      own.get(0, copy);
      values.add(copy);
    }
  }

  /** Puts it to a place of such arrays. */
  void restore(List<INDArray> arrays, int place, int count) {
    for (int i = 0; i < values.size(); i++) {
      slice(arrays.get(i), place, count).put(0, values.get(i));
    }
  }

  private static FloatBuffer slice(INDArray array, int place, int count) {
    FloatBuffer all = Tensors.of(array).f();
    int size = all.capacity() / count;
    return all.slice(place * size, size);
  }
}
