package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The product of {@link SkinnyGemm} for so many rows that it pays to lay out both sides for the
 * innermost loop: four rows of x, and two of w, vector by vector beside each other. Then one place
 * in each array is all that the loop computes with, which the JVM's compiler keeps in registers.
 * The bits are those of {@link Dots}.
 */
final class InterleavedGemm {
  /** Rows of x that meet a pair of rows of w. */
  private static final int ROWS = 4;

  private static final int X_STEP = ROWS * Lanes.W;
  private static final int W_STEP = 2 * Lanes.W;

  /** Floats of w that are staged at a time: 16 KiB, which leave room for the rows of x. */
  private static final int STAGED = 4096;

  private static final int FEWEST = 8;

  /**
   * Rows are filled up to fours; where more than a sixth would be computed for nothing, it costs.
   */
  private static final int WASTE = 6;

  private final int m;
  private final int n;
  private final int k;
  private final int stride;
  private final int block;
  private final FloatBuffer weights;
  private final float[] x;
  private final float[] y;

  InterleavedGemm(Tensor rows, Tensor weights, Scratch scratch) {
    m = rows.size(0);
    n = weights.size(0);
    k = weights.size(1);
    stride = Lanes.ceil(k);
    block = Math.min(n + 1 & -2, Math.max(2, STAGED / stride & -2));
    this.weights = weights.f();
    int filled = filled(m);
    x = scratch.floats(0, filled * stride);
    y = scratch.floats(2, filled * n);
    float[] row = scratch.floats(3, stride);
    FloatBuffer from = rows.f();
    for (int r = 0; r < filled; r++) {
      Arrays.fill(row, 0, stride, 0f);
      if (r < m) {
        from.get(r * k, row, 0, k);
      }
      spread(row, stride, x, r / ROWS * ROWS * stride + r % ROWS * Lanes.W, X_STEP);
    }
  }

  /** Whether so many rows are computed sooner this way. */
  static boolean suits(int rows) {
    return rows >= FEWEST && WASTE * (filled(rows) - rows) <= rows;
  }

  private static int filled(int rows) {
    return (rows + ROWS - 1) / ROWS * ROWS;
  }

  /** Copies vectors of a row to every {@code step}-th float. */
  private static void spread(float[] row, int length, float[] to, int at, int step) {
    int next = at;
    for (int i = 0; i < length; i += Lanes.W) {
      FloatVector.fromArray(Lanes.F, row, i).intoArray(to, next);
      next += step;
    }
  }

  /** Copies two rows to vectors that take turns. */
  private static void pair(float[] rows, int length, float[] to, int at) {
    for (int i = 0; i < length; i += Lanes.W) {
      int next = at + 2 * i;
      load(rows, i).intoArray(to, next);
      load(rows, length + i).intoArray(to, next + Lanes.W);
    }
  }

  /** Blocks of outputs, which threads share. */
  int blocks() {
    return (n + block - 1) / block;
  }

  /** Computes the blocks {@code first} to {@code end - 1}. */
  void run(int first, int end, Scratch own) {
    float[] w = own.floats(1, block * stride);
    float[] sums = own.floats(4, 2 * ROWS * Lanes.W);
    float[] rows = own.floats(5, 2 * stride);
    for (int b = first; b < end; b++) {
      int o = b * block;
      int outputs = Math.min(block, n - o);
      stage(o, outputs, rows, w);
      for (int r = 0; r < m; r += ROWS) {
        for (int j = 0; j < outputs; j += 2) {
          fourByTwo(x, r * stride, w, j * stride, stride, sums);
          put(sums, r * n + o + j, outputs - j);
        }
      }
    }
  }

  private void stage(int first, int count, float[] rows, float[] w) {
    for (int j = 0; j < count; j += 2) {
      PaddedRows.copy(weights, first + j, Math.min(2, count - j), k, stride, rows);
      pair(rows, stride, w, j * stride);
    }
  }

  private void put(float[] sums, int at, int outputs) {
    for (int r = 0; r < ROWS; r++) {
      y[at + r * n] = Dots.sum(sums, 2 * r);
      if (outputs > 1) {
        y[at + r * n + 1] = Dots.sum(sums, 2 * r + 1);
      }
    }
  }

  void write(FloatBuffer out) {
    out.put(0, y, 0, m * n);
  }

  /**
   * Four rows of x by two of w, as {@link Dots#rows4} computes them. Two steps of the loop stand
   * together: once written, it takes half as long again.
   */
  private static void fourByTwo(float[] x, int x0, float[] w, int w0, int k, float[] into) {
    FloatVector s00 = FloatVector.zero(Lanes.F);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    int steps = k / Lanes.W;
    int i = 0;
    for (; i + 2 <= steps; i += 2) {
      int p = x0 + X_STEP * i;
      int q = w0 + W_STEP * i;
      FloatVector a = load(w, q);
      FloatVector b = load(w, q + 8);
      FloatVector r = load(x, p);
      s00 = r.fma(a, s00);
      s01 = r.fma(b, s01);
      r = load(x, p + 8);
      s10 = r.fma(a, s10);
      s11 = r.fma(b, s11);
      r = load(x, p + 16);
      s20 = r.fma(a, s20);
      s21 = r.fma(b, s21);
      r = load(x, p + 24);
      s30 = r.fma(a, s30);
      s31 = r.fma(b, s31);
      a = load(w, q + 16);
      b = load(w, q + 24);
      r = load(x, p + 32);
      s00 = r.fma(a, s00);
      s01 = r.fma(b, s01);
      r = load(x, p + 40);
      s10 = r.fma(a, s10);
      s11 = r.fma(b, s11);
      r = load(x, p + 48);
      s20 = r.fma(a, s20);
      s21 = r.fma(b, s21);
      r = load(x, p + 56);
      s30 = r.fma(a, s30);
      s31 = r.fma(b, s31);
    }
    if (i < steps) {
      int p = x0 + X_STEP * i;
      int q = w0 + W_STEP * i;
      FloatVector a = load(w, q);
      FloatVector b = load(w, q + 8);
      FloatVector r = load(x, p);
      s00 = r.fma(a, s00);
      s01 = r.fma(b, s01);
      r = load(x, p + 8);
      s10 = r.fma(a, s10);
      s11 = r.fma(b, s11);
      r = load(x, p + 16);
      s20 = r.fma(a, s20);
      s21 = r.fma(b, s21);
      r = load(x, p + 24);
      s30 = r.fma(a, s30);
      s31 = r.fma(b, s31);
    }
    s00.intoArray(into, 0);
    s01.intoArray(into, 8);
    s10.intoArray(into, 16);
    s11.intoArray(into, 24);
    s20.intoArray(into, 32);
    s21.intoArray(into, 40);
    s30.intoArray(into, 48);
    s31.intoArray(into, 56);
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(Lanes.F, from, at);
  }
}
