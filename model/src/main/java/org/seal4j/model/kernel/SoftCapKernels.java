package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;

/** A soft bound, {@code y = cap * tanh(x / cap)}, element by element. */
public final class SoftCapKernels {
  private static final int BLOCK = 8192;

  private SoftCapKernels() {}

  /** In x, out y, both of one shape. */
  public static Kernel forward(float cap) {
    float inverse = 1f / cap;
    return (in, out, scratch) -> {
      float[] x = scratch.floats(0, BLOCK);
      int n = in[0].length();
      for (int start = 0; start < n; start += BLOCK) {
        int m = Math.min(BLOCK, n - start);
        in[0].f().get(start, x, 0, m);
        for (int i = 0; i < Lanes.ceil(m); i += Lanes.W) {
          Lanes.tanh(FloatVector.fromArray(Lanes.F, x, i).mul(inverse)).mul(cap).intoArray(x, i);
        }
        out[0].f().put(start, x, 0, m);
      }
    };
  }

  /** In y and dy, out {@code dx = dy (1 - (y / cap)^2)}, all of one shape. */
  public static Kernel gradient(float cap) {
    float inverse = 1f / cap;
    return (in, out, scratch) -> {
      float[] y = scratch.floats(0, BLOCK);
      float[] dy = scratch.floats(1, BLOCK);
      int n = in[0].length();
      for (int start = 0; start < n; start += BLOCK) {
        int m = Math.min(BLOCK, n - start);
        in[0].f().get(start, y, 0, m);
        in[1].f().get(start, dy, 0, m);
        for (int i = 0; i < Lanes.ceil(m); i += Lanes.W) {
          FloatVector d = FloatVector.fromArray(Lanes.F, dy, i);
          d.mul(slope(FloatVector.fromArray(Lanes.F, y, i).mul(inverse))).intoArray(dy, i);
        }
        Tensor.put(out[0], start, dy, m);
      }
    };
  }

  /** The slope of tanh where its value is {@code t}. */
  static FloatVector slope(FloatVector t) {
    return FloatVector.broadcast(Lanes.F, 1f).sub(t.mul(t));
  }
}
