package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Rows of an array on the heap, each filled up with zeros to whole vectors. */
final class PaddedRows {
  private PaddedRows() {}

  /**
   * Copies rows.
   *
   * @param first the first row to copy
   * @param width floats of a row
   * @param stride floats of a row on the heap, {@link Lanes#ceil} of the width
   */
  static void copy(FloatBuffer from, int first, int rows, int width, int stride, float[] into) {
    if (stride == width) {
      from.get(first * width, into, 0, rows * width);
      return;
    }
    for (int r = 0; r < rows; r++) {
      from.get((first + r) * width, into, r * stride, width);
      Arrays.fill(into, r * stride + width, (r + 1) * stride, 0f);
    }
  }
}
