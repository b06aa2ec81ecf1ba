package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;

/** Kernels that treat every element alike. Blocks of {@link #BLOCK} floats are staged at a time. */
public final class ElementwiseKernels {
  private static final int BLOCK = 8192;

  private ElementwiseKernels() {}

  /** {@code out = in0 + scale * in1}. */
  public static Kernel addScaled(float scale) {
    return (in, out, scratch) -> {
      FloatBuffer a = in[0].f();
      FloatBuffer b = in[1].f();
      FloatBuffer y = out[0].f();
      float[] x0 = scratch.floats(0, BLOCK);
      float[] x1 = scratch.floats(1, BLOCK);
      int n = in[0].length();
      for (int start = 0; start < n; start += BLOCK) {
        int m = Math.min(BLOCK, n - start);
        a.get(start, x0, 0, m);
        b.get(start, x1, 0, m);
        int i = 0;
        FloatVector s = FloatVector.broadcast(Lanes.F, scale);
        for (; i < Lanes.floor(m); i += Lanes.W) {
          FloatVector v = FloatVector.fromArray(Lanes.F, x1, i);
          v.fma(s, FloatVector.fromArray(Lanes.F, x0, i)).intoArray(x0, i);
        }
        for (; i < m; i++) {
          x0[i] = Math.fma(x1[i], scale, x0[i]);
        }
        y.put(start, x0, 0, m);
      }
    };
  }

  /** {@code out = scale * in0}. */
  public static Kernel scale(float scale) {
    return (in, out, scratch) -> {
      FloatBuffer a = in[0].f();
      FloatBuffer y = out[0].f();
      float[] x0 = scratch.floats(0, BLOCK);
      int n = in[0].length();
      for (int start = 0; start < n; start += BLOCK) {
        int m = Math.min(BLOCK, n - start);
        a.get(start, x0, 0, m);
        for (int i = 0; i < m; i++) {
          x0[i] *= scale;
        }
        y.put(start, x0, 0, m);
      }
    };
  }

  /** {@code out[i, :] = in0[i, :] + in1}, with {@code in0 [rows, d]} and {@code in1 [d]}. */
  public static Kernel addBias() {
    return (in, out, scratch) -> {
      int d = in[1].length();
      int rows = in[0].length() / d;
      float[] bias = scratch.floats(0, d);
      float[] x = scratch.floats(1, d);
      in[1].f().get(0, bias, 0, d);
      for (int r = 0; r < rows; r++) {
        in[0].f().get(r * d, x, 0, d);
        for (int i = 0; i < d; i++) {
          x[i] += bias[i];
        }
        out[0].f().put(r * d, x, 0, d);
      }
    };
  }

  /** {@code out[j] = sum over rows of in0[row, j]}, rows added in order: the gradient of a bias. */
  public static Kernel sumRows() {
    return (in, out, scratch) -> {
      int d = out[0].length();
      int rows = in[0].length() / d;
      float[] sum = scratch.floats(0, d);
      float[] x = scratch.floats(1, d);
      java.util.Arrays.fill(sum, 0, d, 0f);
      for (int r = 0; r < rows; r++) {
        in[0].f().get(r * d, x, 0, d);
        for (int i = 0; i < d; i++) {
          sum[i] += x[i];
        }
      }
      out[0].f().put(0, sum, 0, d);
    };
  }
}
