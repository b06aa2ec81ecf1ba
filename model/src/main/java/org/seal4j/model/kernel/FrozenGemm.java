package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * {@code x w^T} for rows x and a {@link FrozenWeight} w: in x {@code [m, k]}; out {@code [m, n]}.
 *
 * <p>Where there are four rows, the weight is made float32 piece by piece, each of which stays in
 * the first-level cache while the rows meet it; a row that is left over reads the weight as it is
 * stored. Each output is one chain of fused multiply-adds over k in ascending order, times the
 * scale of the output: its bits depend neither on the other rows nor on their number.
 */
public final class FrozenGemm {
  /** Inputs of a piece: 64 outputs of it take 32 KiB. */
  private static final int PIECE = 128;

  private static final int PANEL = FrozenWeight.PANEL;
  private static final int WIDTH = FrozenWeight.GROUP;

  /** Rows that meet a panel together. */
  private static final int ROWS = 4;

  /** Products of a row, an input and a group of outputs that one thread does sooner alone. */
  private static final long SMALL = 1 << 11;

  private FrozenGemm() {}

  public static Kernel of(FrozenWeight weight) {
    return (in, out, scratch) ->
        new Product(in[0], weight, Objects.requireNonNull(out[0]), scratch).run(scratch);
  }

  private static final class Product {
    private final FrozenWeight weight;
    private final int m;
    private final int k;

    /** Rows that are computed four at a time. */
    private final int whole;

    /** Four rows at a time interleaved, {@code [k, 4]} each; then the others, one by one. */
    private final float[] x;

    private final FloatBuffer out;

    Product(Tensor rows, FrozenWeight weight, Tensor out, Scratch scratch) {
      this.weight = weight;
      m = rows.size(0);
      k = weight.inputs();
      whole = m / ROWS * ROWS;
      x = scratch.floats(0, m * k);
      this.out = out.f();
      interleave(rows.f(), scratch.floats(3, k));
    }

    private void interleave(FloatBuffer from, float[] row) {
      for (int r = 0; r < whole; r++) {
        from.get(r * k, row, 0, k);
        int at = r / ROWS * ROWS * k + r % ROWS;
        for (int i = 0; i < k; i++) {
          x[at + ROWS * i] = row[i];
        }
      }
      from.get(whole * k, x, whole * k, (m - whole) * k);
    }

    /** Threads share the groups of outputs. */
    void run(Scratch scratch) {
      int groups = (weight.outputs() + WIDTH - 1) / WIDTH;
      boolean small = (long) m * groups * k < SMALL;
      scratch
          .crew()
          .share(groups, small, scratch, (from, to, own) -> run(WIDTH * from, WIDTH * to, own));
    }

    private void run(int from, int to, Scratch own) {
      float[] w = own.floats(1, WIDTH * PIECE);
      float[] sums = own.floats(2, m * WIDTH);
      int n = weight.outputs();
      for (int o = from; o < to; o += WIDTH) {
        Arrays.fill(sums, 0, whole * WIDTH, 0f);
        for (int i = 0; i < k && whole > 0; i += PIECE) {
          fours(o, i, Math.min(PIECE, k - i), w, sums);
        }
        for (int r = whole; r < m; r++) {
          weight.one(x, r * k, o, sums, r * WIDTH);
        }
        int count = Math.min(WIDTH, n - o);
        for (int r = 0; r < m; r++) {
          for (int j = 0; j < count; j++) {
            sums[r * WIDTH + j] *= weight.scale(o + j);
          }
          out.put(r * n + o, sums, r * WIDTH, count);
        }
      }
    }

    /** Adds the products of the rows that come in fours with some of the inputs. */
    private void fours(int output, int input, int length, float[] w, float[] sums) {
      weight.widen(output, input, length, w);
      for (int r = 0; r < whole; r += ROWS) {
        for (int p = 0; p < WIDTH / PANEL; p++) {
          int at = p * PANEL * length;
          four(x, r * k + ROWS * input, w, at, length, sums, r * WIDTH + p * PANEL);
        }
      }
    }
  }

  /** Adds the products of four rows with the sixteen outputs of a panel. */
  private static void four(float[] x, int x0, float[] w, int w0, int k, float[] y, int y0) {
    FloatVector s00 = load(y, y0);
    FloatVector s01 = load(y, y0 + 8);
    FloatVector s10 = load(y, y0 + WIDTH);
    FloatVector s11 = load(y, y0 + WIDTH + 8);
    FloatVector s20 = load(y, y0 + 2 * WIDTH);
    FloatVector s21 = load(y, y0 + 2 * WIDTH + 8);
    FloatVector s30 = load(y, y0 + 3 * WIDTH);
    FloatVector s31 = load(y, y0 + 3 * WIDTH + 8);
    for (int i = 0; i < k; i++) {
      FloatVector a = load(w, w0 + PANEL * i);
      FloatVector b = load(w, w0 + PANEL * i + 8);
      int p = x0 + ROWS * i;
      FloatVector r0 = FloatVector.broadcast(Lanes.F, x[p]);
      s00 = r0.fma(a, s00);
      s01 = r0.fma(b, s01);
      FloatVector r1 = FloatVector.broadcast(Lanes.F, x[p + 1]);
      s10 = r1.fma(a, s10);
      s11 = r1.fma(b, s11);
      FloatVector r2 = FloatVector.broadcast(Lanes.F, x[p + 2]);
      s20 = r2.fma(a, s20);
      s21 = r2.fma(b, s21);
      FloatVector r3 = FloatVector.broadcast(Lanes.F, x[p + 3]);
      s30 = r3.fma(a, s30);
      s31 = r3.fma(b, s31);
    }
    s00.intoArray(y, y0);
    s01.intoArray(y, y0 + 8);
    s10.intoArray(y, y0 + WIDTH);
    s11.intoArray(y, y0 + WIDTH + 8);
    s20.intoArray(y, y0 + 2 * WIDTH);
    s21.intoArray(y, y0 + 2 * WIDTH + 8);
    s30.intoArray(y, y0 + 3 * WIDTH);
    s31.intoArray(y, y0 + 3 * WIDTH + 8);
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(Lanes.F, from, at);
  }
}
