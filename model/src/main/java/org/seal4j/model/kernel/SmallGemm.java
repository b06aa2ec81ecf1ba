package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Small matrix products on heap arrays, in register blocks of 4 x 16. Every output is one chain of
 * fused multiply-adds over the summed index in ascending order, so its bits depend neither on the
 * blocking nor on the sizes of the other axes.
 */
final class SmallGemm {
  /**
   * A strided matrix in an array: element (row, column) stands at {@code at + row * rows + column *
   * columns}.
   */
  record View(float[] x, int at, int rows, int columns) {
    static View of(float[] x, int at, int rows) {
      return new View(x, at, rows, 1);
    }

    /** The same without the first columns. */
    View from(int column) {
      return new View(x, at + column * columns, rows, columns);
    }
  }

  private SmallGemm() {}

  /**
   * {@code c[m0..m1, 0..n] (+)= a[m0..m1, k0..k1] b[k0..k1, 0..n]}; b and c have columns of stride
   * 1.
   */
  static void multiply(View a, View b, View c, int[] range, boolean accumulate) {
    int m0 = range[0];
    int m1 = range[1];
    int n = range[2];
    int k0 = range[3];
    int k1 = range[4];
    int i = m0;
    for (; i + 4 <= m1; i += 4) {
      int j = 0;
      for (; j + 16 <= n; j += 16) {
        block4x16(a, b, c, i, j, k0, k1, accumulate);
      }
      for (int r = i; r < i + 4; r++) {
        row(a, b, c, r, j, range, accumulate);
      }
    }
    for (; i < m1; i++) {
      row(a, b, c, i, 0, range, accumulate);
    }
  }

  /** The columns of row {@code i} of c from {@code from} on. */
  @SuppressWarnings("TooManyParameters") // as below
  private static void row(
      View a, View b, View c, int i, int from, int[] range, boolean accumulate) {
    int n = range[2];
    int k0 = range[3];
    int k = range[4] - k0;
    int ap = a.at + i * a.rows + k0 * a.columns;
    int bp = b.at + k0 * b.rows;
    int cp = c.at + i * c.rows;
    int j = from;
    for (; j + 32 <= n; j += 32) {
      row32(a.x, ap, a.columns, b.x, bp + j, b.rows, 16, c.x, cp + j, k, accumulate);
    }
    for (; j + 8 <= n; j += 8) {
      row8(a.x, ap, a.columns, b.x, bp + j, b.rows, c.x, cp + j, k, accumulate);
    }
    for (; j < n; j++) {
      one(a, b, c, i, j, k0, range[4], accumulate);
    }
  }

  @SuppressWarnings("TooManyParameters") // the inner block: everything stays in registers
  private static void block4x16(
      View a, View b, View c, int i, int j, int k0, int k1, boolean accumulate) {
    float[] ax = a.x;
    float[] bx = b.x;
    float[] cx = c.x;
    int c0 = c.at + i * c.rows + j;
    int c1 = c0 + c.rows;
    int c2 = c1 + c.rows;
    int c3 = c2 + c.rows;
    FloatVector zero = FloatVector.zero(Lanes.F);
    FloatVector s00 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c0) : zero;
    FloatVector s01 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c0 + 8) : zero;
    FloatVector s10 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c1) : zero;
    FloatVector s11 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c1 + 8) : zero;
    FloatVector s20 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c2) : zero;
    FloatVector s21 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c2 + 8) : zero;
    FloatVector s30 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c3) : zero;
    FloatVector s31 = accumulate ? FloatVector.fromArray(Lanes.F, cx, c3 + 8) : zero;
    int ar = a.rows;
    int ac = a.columns;
    int ap = a.at + i * ar + k0 * ac;
    int bp = b.at + k0 * b.rows + j;
    int br = b.rows;
    int k = k0;
    for (; k + 2 <= k1; k += 2) {
      FloatVector b00 = FloatVector.fromArray(Lanes.F, bx, bp);
      FloatVector b10 = FloatVector.fromArray(Lanes.F, bx, bp + 8);
      FloatVector a00 = FloatVector.broadcast(Lanes.F, ax[ap]);
      s00 = a00.fma(b00, s00);
      s01 = a00.fma(b10, s01);
      FloatVector a10 = FloatVector.broadcast(Lanes.F, ax[ap + ar]);
      s10 = a10.fma(b00, s10);
      s11 = a10.fma(b10, s11);
      FloatVector a20 = FloatVector.broadcast(Lanes.F, ax[ap + 2 * ar]);
      s20 = a20.fma(b00, s20);
      s21 = a20.fma(b10, s21);
      FloatVector a30 = FloatVector.broadcast(Lanes.F, ax[ap + 3 * ar]);
      s30 = a30.fma(b00, s30);
      s31 = a30.fma(b10, s31);
      FloatVector b01 = FloatVector.fromArray(Lanes.F, bx, bp + br);
      FloatVector b11 = FloatVector.fromArray(Lanes.F, bx, bp + br + 8);
      FloatVector a01 = FloatVector.broadcast(Lanes.F, ax[ap + ac]);
      s00 = a01.fma(b01, s00);
      s01 = a01.fma(b11, s01);
      FloatVector a11 = FloatVector.broadcast(Lanes.F, ax[ap + ac + ar]);
      s10 = a11.fma(b01, s10);
      s11 = a11.fma(b11, s11);
      FloatVector a21 = FloatVector.broadcast(Lanes.F, ax[ap + ac + 2 * ar]);
      s20 = a21.fma(b01, s20);
      s21 = a21.fma(b11, s21);
      FloatVector a31 = FloatVector.broadcast(Lanes.F, ax[ap + ac + 3 * ar]);
      s30 = a31.fma(b01, s30);
      s31 = a31.fma(b11, s31);
      ap += 2 * ac;
      bp += 2 * br;
    }
    for (; k < k1; k++) {
      FloatVector b0 = FloatVector.fromArray(Lanes.F, bx, bp);
      FloatVector b1 = FloatVector.fromArray(Lanes.F, bx, bp + 8);
      FloatVector a0 = FloatVector.broadcast(Lanes.F, ax[ap]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = FloatVector.broadcast(Lanes.F, ax[ap + ar]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      FloatVector a2 = FloatVector.broadcast(Lanes.F, ax[ap + 2 * ar]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      FloatVector a3 = FloatVector.broadcast(Lanes.F, ax[ap + 3 * ar]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      ap += ac;
      bp += b.rows;
    }
    s00.intoArray(cx, c0);
    s01.intoArray(cx, c0 + 8);
    s10.intoArray(cx, c1);
    s11.intoArray(cx, c1 + 8);
    s20.intoArray(cx, c2);
    s21.intoArray(cx, c2 + 8);
    s30.intoArray(cx, c3);
    s31.intoArray(cx, c3 + 8);
  }

  /**
   * {@code c[0..32] (+)= a[0..k] b[0..k, 0..32]}.
   *
   * @param step elements from one of a to the next
   * @param rows elements from one row of b to the next
   * @param next elements from the first 16 columns of b to the last 16
   */
  @SuppressWarnings("TooManyParameters") // as above
  static void row32(
      float[] a,
      int ap,
      int step,
      float[] b,
      int bp,
      int rows,
      int next,
      float[] c,
      int cp,
      int k,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(Lanes.F);
    FloatVector s0 = accumulate ? FloatVector.fromArray(Lanes.F, c, cp) : zero;
    FloatVector s1 = accumulate ? FloatVector.fromArray(Lanes.F, c, cp + 8) : zero;
    FloatVector s2 = accumulate ? FloatVector.fromArray(Lanes.F, c, cp + 16) : zero;
    FloatVector s3 = accumulate ? FloatVector.fromArray(Lanes.F, c, cp + 24) : zero;
    int at = bp;
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(Lanes.F, a[ap + i * step]);
      s0 = x.fma(FloatVector.fromArray(Lanes.F, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(Lanes.F, b, at + 8), s1);
      s2 = x.fma(FloatVector.fromArray(Lanes.F, b, at + next), s2);
      s3 = x.fma(FloatVector.fromArray(Lanes.F, b, at + next + 8), s3);
      at += rows;
    }
    s0.intoArray(c, cp);
    s1.intoArray(c, cp + 8);
    s2.intoArray(c, cp + 16);
    s3.intoArray(c, cp + 24);
  }

  /** The same for eight columns. */
  @SuppressWarnings("TooManyParameters") // as above
  static void row8(
      float[] a,
      int ap,
      int step,
      float[] b,
      int bp,
      int rows,
      float[] c,
      int cp,
      int k,
      boolean accumulate) {
    FloatVector s = accumulate ? FloatVector.fromArray(Lanes.F, c, cp) : FloatVector.zero(Lanes.F);
    int at = bp;
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(Lanes.F, a[ap + i * step]);
      s = x.fma(FloatVector.fromArray(Lanes.F, b, at), s);
      at += rows;
    }
    s.intoArray(c, cp);
  }

  @SuppressWarnings("TooManyParameters") // as above
  private static void one(
      View a, View b, View c, int i, int j, int k0, int k1, boolean accumulate) {
    int cp = c.at + i * c.rows + j;
    float s = accumulate ? c.x[cp] : 0f;
    int ap = a.at + i * a.rows + k0 * a.columns;
    int bp = b.at + k0 * b.rows + j;
    for (int k = k0; k < k1; k++) {
      s = Math.fma(a.x[ap], b.x[bp], s);
      ap += a.columns;
      bp += b.rows;
    }
    c.x[cp] = s;
  }
}
