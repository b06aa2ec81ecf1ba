package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * {@code y + (scale * (x a)) b} for n groups of few rows: in y {@code [n * m, out]}, x {@code [n *
 * m, in]}, a {@code [n, in, r]}, b {@code [n, r, out]}; out {@code [n * m, out]}, in y's place.
 *
 * <p>Row by row, so that the bits of a row depend neither on the other rows nor on their number: x
 * a in four chains of fused multiply-adds over every fourth index, added as (0 + 2) + (1 + 3); the
 * product with b in one chain. Either the rows stand in equal groups, or each names its adapter.
 */
public final class LowRankKernel {
  private static final int X = 0;
  private static final int A = 1;
  private static final int B = 2;
  private static final int Y = 3;
  private static final int LOW = 4;

  private LowRankKernel() {}

  public static Kernel of(float scale) {
    return (in, out, scratch) -> {
      int groups = in[2].size(0);
      Sizes s =
          new Sizes(in[1].size(0) / groups, in[2].size(1), in[2].size(2), in[3].size(2), scale);
      FloatBuffer y = Objects.requireNonNull(out[0]).f();
      float[] x = scratch.floats(X, s.rows * s.in);
      float[] a = scratch.floats(A, s.in * s.lowStride);
      float[] b = scratch.floats(B, s.rank * s.outStride);
      float[] sums = scratch.floats(Y, s.rows * s.outStride);
      float[] low = scratch.floats(LOW, s.lowStride);
      for (int g = 0; g < groups; g++) {
        in[1].f().get(g * s.rows * s.in, x, 0, s.rows * s.in);
        PaddedRows.copy(in[2].f(), g * s.in, s.in, s.rank, s.lowStride, a);
        PaddedRows.copy(in[3].f(), g * s.rank, s.rank, s.out, s.outStride, b);
        PaddedRows.copy(in[0].f(), g * s.rows, s.rows, s.out, s.outStride, sums);
        for (int row = 0; row < s.rows; row++) {
          down(s, x, row * s.in, a, low);
          up(s, low, b, sums, row * s.outStride);
          y.put((g * s.rows + row) * s.out, sums, row * s.outStride, s.out);
        }
      }
    };
  }

  /**
   * Every row with the adapter that it names: in y {@code [m, out]}, x {@code [m, in]}, a {@code
   * [n, in, r]}, b {@code [n, r, out]}, scale {@code [n]}, adapter {@code [m]} int32, -1 for none.
   */
  public static Kernel byRow() {
    return (in, out, scratch) -> {
      int m = in[5].length();
      FloatBuffer y = Objects.requireNonNull(out[0]).f();
      for (int g = 0; g < in[2].size(0); g++) {
        Sizes s = new Sizes(1, in[2].size(1), in[2].size(2), in[3].size(2), in[4].f().get(g));
        if (s.scale == 0 || !names(in[5].i(), g)) {
          continue;
        }
        float[] x = scratch.floats(X, s.in);
        float[] a = scratch.floats(A, s.in * s.lowStride);
        float[] b = scratch.floats(B, s.rank * s.outStride);
        float[] sums = scratch.floats(Y, s.outStride);
        float[] low = scratch.floats(LOW, s.lowStride);
        PaddedRows.copy(in[2].f(), g * s.in, s.in, s.rank, s.lowStride, a);
        PaddedRows.copy(in[3].f(), g * s.rank, s.rank, s.out, s.outStride, b);
        for (int row = 0; row < m; row++) {
          if (in[5].i().get(row) == g) {
            in[1].f().get(row * s.in, x, 0, s.in);
            PaddedRows.copy(in[0].f(), row, 1, s.out, s.outStride, sums);
            down(s, x, 0, a, low);
            up(s, low, b, sums, 0);
            y.put(row * s.out, sums, 0, s.out);
          }
        }
      }
    };
  }

  private static boolean names(IntBuffer adapters, int adapter) {
    for (int row = 0; row < adapters.capacity(); row++) {
      if (adapters.get(row) == adapter) {
        return true;
      }
    }
    return false;
  }

  /** Rows of a group, in, r and out; a and b are staged with rows of whole vectors. */
  private record Sizes(
      int rows, int in, int rank, int out, float scale, int lowStride, int outStride) {
    Sizes(int rows, int in, int rank, int out, float scale) {
      this(rows, in, rank, out, scale, Lanes.ceil(rank), Lanes.ceil(out));
    }
  }

  /** {@code low = scale * (x a)} of one row. */
  private static void down(Sizes s, float[] x, int at, float[] a, float[] low) {
    int r = s.lowStride;
    int whole = s.in & -4;
    for (int j = 0; j < r; j += Lanes.W) {
      FloatVector s0 = FloatVector.zero(Lanes.F);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int p = j;
      int i = 0;
      for (; i < whole; i += 4) {
        s0 = step(x[at + i], a, p, s0);
        s1 = step(x[at + i + 1], a, p + r, s1);
        s2 = step(x[at + i + 2], a, p + 2 * r, s2);
        s3 = step(x[at + i + 3], a, p + 3 * r, s3);
        p += 4 * r;
      }
      for (; i < s.in; i++) {
        s0 = step(x[at + i], a, p, s0);
        p += r;
      }
      s0.add(s2).add(s1.add(s3)).mul(s.scale).intoArray(low, j);
    }
  }

  /** {@code y += low b} on one row. */
  private static void up(Sizes s, float[] low, float[] b, float[] y, int at) {
    int width = s.outStride;
    int o = 0;
    for (; o + 4 * Lanes.W <= width; o += 4 * Lanes.W) {
      FloatVector s0 = FloatVector.zero(Lanes.F);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int j = 0; j < s.rank; j++) {
        int p = j * width + o;
        s0 = step(low[j], b, p, s0);
        s1 = step(low[j], b, p + Lanes.W, s1);
        s2 = step(low[j], b, p + 2 * Lanes.W, s2);
        s3 = step(low[j], b, p + 3 * Lanes.W, s3);
      }
      add(y, at + o, s0);
      add(y, at + o + Lanes.W, s1);
      add(y, at + o + 2 * Lanes.W, s2);
      add(y, at + o + 3 * Lanes.W, s3);
    }
    for (; o < width; o += Lanes.W) {
      FloatVector s0 = FloatVector.zero(Lanes.F);
      for (int j = 0; j < s.rank; j++) {
        s0 = step(low[j], b, j * width + o, s0);
      }
      add(y, at + o, s0);
    }
  }

  private static FloatVector step(float x, float[] w, int at, FloatVector sum) {
    return FloatVector.fromArray(Lanes.F, w, at).fma(FloatVector.broadcast(Lanes.F, x), sum);
  }

  private static void add(float[] y, int at, FloatVector sum) {
    FloatVector.fromArray(Lanes.F, y, at).add(sum).intoArray(y, at);
  }
}
