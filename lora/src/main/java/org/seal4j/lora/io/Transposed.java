package org.seal4j.lora.io;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Tensors;

/** Factors of a bank and of a file, which are each other's transposes. */
final class Transposed {
  private Transposed() {}

  /** Slice {@code index} of {@code [n, rows, columns]} as {@code [columns, rows]}. */
  static INDArray slice(INDArray slices, int index) {
    int rows = Math.toIntExact(slices.size(1));
    int columns = Math.toIntExact(slices.size(2));
    INDArray target = Tensors.zeros(columns, rows);
    FloatBuffer from = Tensors.of(slices).f();
    FloatBuffer to = Tensors.of(target).f();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to.put(c * rows + r, from.get((index * rows + r) * columns + c));
      }
    }
    return target;
  }

  /** The transpose of a tensor times a factor into the corner of {@code [1, rows, columns]}. */
  static void copy(INDArray tensor, INDArray target, double factor) {
    int rows = Math.toIntExact(tensor.size(1));
    int columns = Math.toIntExact(tensor.size(0));
    int width = Math.toIntExact(target.size(2));
    FloatBuffer from = Tensors.of(tensor).f();
    FloatBuffer to = Tensors.of(target).f();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to.put(r * width + c, (float) (factor * from.get(c * rows + r)));
      }
    }
  }
}
