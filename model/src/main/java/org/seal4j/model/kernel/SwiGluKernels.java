package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;

/** SwiGLU (Shazeer 2020): {@code y = gate * sigmoid(gate) * up}, element by element. */
public final class SwiGluKernels {
  private static final int BLOCK = 8192;

  private SwiGluKernels() {}

  /** In gate and up, out y, all of one shape. */
  public static Kernel forward() {
    return (in, out, scratch) -> {
      float[] g = scratch.floats(0, BLOCK);
      float[] u = scratch.floats(1, BLOCK);
      int n = in[0].length();
      for (int start = 0; start < n; start += BLOCK) {
        int m = Math.min(BLOCK, n - start);
        in[0].f().get(start, g, 0, m);
        in[1].f().get(start, u, 0, m);
        for (int i = 0; i < Lanes.ceil(m); i += Lanes.W) {
          FloatVector a = FloatVector.fromArray(Lanes.F, g, i);
          FloatVector y = a.div(Lanes.exp(a.neg()).add(1f));
          y.mul(FloatVector.fromArray(Lanes.F, u, i)).intoArray(u, i);
        }
        out[0].f().put(start, u, 0, m);
      }
    };
  }

  /** In gate, up, dy; out dgate, dup, all of one shape. */
  public static Kernel gradient() {
    return (in, out, scratch) -> {
      float[] g = scratch.floats(0, BLOCK);
      float[] u = scratch.floats(1, BLOCK);
      float[] dy = scratch.floats(2, BLOCK);
      FloatVector one = FloatVector.broadcast(Lanes.F, 1f);
      int n = in[0].length();
      for (int start = 0; start < n; start += BLOCK) {
        int m = Math.min(BLOCK, n - start);
        in[0].f().get(start, g, 0, m);
        in[1].f().get(start, u, 0, m);
        in[2].f().get(start, dy, 0, m);
        for (int i = 0; i < Lanes.ceil(m); i += Lanes.W) {
          FloatVector a = FloatVector.fromArray(Lanes.F, g, i);
          FloatVector up = FloatVector.fromArray(Lanes.F, u, i);
          FloatVector d = FloatVector.fromArray(Lanes.F, dy, i);
          FloatVector s = one.div(Lanes.exp(a.neg()).add(1f));
          FloatVector silu = a.mul(s);
          // d silu / da = s + silu * (1 - s)
          d.mul(up).mul(silu.fma(one.sub(s), s)).intoArray(g, i);
          d.mul(silu).intoArray(u, i);
        }
        Tensor.put(out[0], start, g, m);
        Tensor.put(out[1], start, u, m);
      }
    };
  }
}
