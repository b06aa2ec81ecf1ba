package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * GEGLU (Shazeer 2020) element by element: {@code y = gelu(gate) * up}, with {@code gelu(x) = x /
 * (1 + exp(-TWICE_ROOT (x + CUBE x^3)))}, its approximation by tanh.
 */
public final class GeGluKernels {
  /** {@code 2 sqrt(2 / pi)}. */
  public static final float TWICE_ROOT = 1.5957691216f;

  /** Of the cube in the approximation (Hendrycks and Gimpel 2016). */
  public static final float CUBE = 0.044715f;

  private static final int BLOCK = 8192;

  private GeGluKernels() {}

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
          FloatVector gelu = a.div(Lanes.exp(inner(a).neg()).add(1f));
          gelu.mul(FloatVector.fromArray(Lanes.F, u, i)).intoArray(u, i);
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
          FloatVector s = one.div(Lanes.exp(inner(a).neg()).add(1f));
          FloatVector gelu = a.mul(s);
          // d gelu / da = s + gelu * (1 - s) * d inner / da
          FloatVector slope = a.mul(a).mul(3 * CUBE).add(1f).mul(TWICE_ROOT);
          d.mul(up).mul(gelu.mul(slope).fma(one.sub(s), s)).intoArray(g, i);
          d.mul(gelu).intoArray(u, i);
        }
        Tensor.put(out[0], start, g, m);
        Tensor.put(out[1], start, u, m);
      }
    };
  }

  /** {@code TWICE_ROOT (a + CUBE a^3)}. */
  private static FloatVector inner(FloatVector a) {
    return a.mul(a.mul(a).mul(CUBE).add(1f)).mul(TWICE_ROOT);
  }
}
