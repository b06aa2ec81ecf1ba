package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Blocks of dot products of rows on the heap. Each is one chain of fused multiply-adds per lane in
 * ascending order, then the lanes in the order of {@link Lanes#sum}: which block computes it
 * changes no bit. Lengths are multiples of the lanes.
 */
final class Dots {
  private Dots() {}

  /** The lanes of accumulator {@code i}, summed. */
  static float sum(float[] accumulators, int i) {
    return Lanes.sum(accumulators, i * Lanes.W);
  }

  /** Four rows of x by two of w: accumulator 2 r + j belongs to row r and output j. */
  static void rows4(float[] x, int x0, float[] w, int w0, int k, float[] into) {
    FloatVector zero = FloatVector.zero(Lanes.F);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    int x1 = x0 + k;
    int x2 = x1 + k;
    int x3 = x2 + k;
    int w1 = w0 + k;
    for (int i = 0; i < k; i += Lanes.W) {
      FloatVector a = FloatVector.fromArray(Lanes.F, w, w0 + i);
      FloatVector b = FloatVector.fromArray(Lanes.F, w, w1 + i);
      FloatVector r0 = FloatVector.fromArray(Lanes.F, x, x0 + i);
      s00 = r0.fma(a, s00);
      s01 = r0.fma(b, s01);
      FloatVector r1 = FloatVector.fromArray(Lanes.F, x, x1 + i);
      s10 = r1.fma(a, s10);
      s11 = r1.fma(b, s11);
      FloatVector r2 = FloatVector.fromArray(Lanes.F, x, x2 + i);
      s20 = r2.fma(a, s20);
      s21 = r2.fma(b, s21);
      FloatVector r3 = FloatVector.fromArray(Lanes.F, x, x3 + i);
      s30 = r3.fma(a, s30);
      s31 = r3.fma(b, s31);
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

  /** One row of x by four of w. */
  static void columns4(float[] x, int x0, float[] w, int w0, int k, float[] into) {
    FloatVector zero = FloatVector.zero(Lanes.F);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    FloatVector s2 = zero;
    FloatVector s3 = zero;
    int w1 = w0 + k;
    int w2 = w1 + k;
    int w3 = w2 + k;
    for (int i = 0; i < k; i += Lanes.W) {
      FloatVector r = FloatVector.fromArray(Lanes.F, x, x0 + i);
      s0 = r.fma(FloatVector.fromArray(Lanes.F, w, w0 + i), s0);
      s1 = r.fma(FloatVector.fromArray(Lanes.F, w, w1 + i), s1);
      s2 = r.fma(FloatVector.fromArray(Lanes.F, w, w2 + i), s2);
      s3 = r.fma(FloatVector.fromArray(Lanes.F, w, w3 + i), s3);
    }
    s0.intoArray(into, 0);
    s1.intoArray(into, 8);
    s2.intoArray(into, 16);
    s3.intoArray(into, 24);
  }

  /** One row of x by one of w. */
  static float one(float[] x, int x0, float[] w, int w0, int k, float[] tmp) {
    FloatVector s = FloatVector.zero(Lanes.F);
    for (int i = 0; i < k; i += Lanes.W) {
      s =
          FloatVector.fromArray(Lanes.F, x, x0 + i)
              .fma(FloatVector.fromArray(Lanes.F, w, w0 + i), s);
    }
    return Lanes.sum(s, tmp);
  }
}
