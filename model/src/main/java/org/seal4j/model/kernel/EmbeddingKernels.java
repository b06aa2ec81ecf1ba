package org.seal4j.model.kernel;

import java.nio.FloatBuffer;

/** Table look-up and its scatter-add gradient. */
public final class EmbeddingKernels {
  private EmbeddingKernels() {}

  private static int id(Tensor[] in, int row, int size) {
    int id = in[1].i().get(row);
    if (id < 0 || id >= size) {
      throw new IllegalStateException(
          "row " + row + " asks for embedding " + id + " of a table of " + size);
    }
    return id;
  }

  /** In table {@code [v, d]}, ids {@code [rows]}; out {@code [rows, d]}. */
  public static Kernel gather() {
    return (in, out, scratch) -> {
      int d = in[0].size(1);
      int rows = in[1].length();
      float[] x = scratch.floats(0, d);
      for (int r = 0; r < rows; r++) {
        in[0].f().get(id(in, r, in[0].size(0)) * d, x, 0, d);
        out[0].f().put(r * d, x, 0, d);
      }
    };
  }

  /**
   * In dy {@code [rows, d]}, ids {@code [rows]}; out dtable {@code [v, d]}; rows are added in
   * order.
   */
  public static Kernel scatterAdd() {
    return (in, out, scratch) -> {
      int v = out[0].size(0);
      int d = out[0].size(1);
      int rows = in[1].length();
      float[] x = scratch.floats(0, d);
      float[] sum = scratch.floats(1, d);
      FloatBuffer table = out[0].f();
      java.util.Arrays.fill(sum, 0, d, 0f);
      for (int r = 0; r < v; r++) {
        table.put(r * d, sum, 0, d);
      }
      for (int r = 0; r < rows; r++) {
        int at = id(in, r, v) * d;
        in[0].f().get(r * d, x, 0, d);
        table.get(at, sum, 0, d);
        for (int i = 0; i < d; i++) {
          sum[i] += x[i];
        }
        table.put(at, sum, 0, d);
      }
    };
  }
}
