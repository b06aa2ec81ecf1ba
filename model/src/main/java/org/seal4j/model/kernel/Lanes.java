package org.seal4j.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector arithmetic that all kernels share: eight float lanes on every machine, lane sums in
 * one fixed order, and an {@code exp} made of multiplications and additions alone.
 */
final class Lanes {
  /** Eight lanes everywhere: the order of sums must not depend on the machine. */
  static final VectorSpecies<Float> F = FloatVector.SPECIES_256;

  static final VectorSpecies<Integer> I = IntVector.SPECIES_256;

  static final int W = 8;

  static final float LOG2E = 1.44269504f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float ROUND = 12582912f; // 1.5 * 2^23: adding it rounds to an integer
  static final float EXP_MIN = -87.0f;
  static final float EXP_MAX = 88.0f;
  static final float C0 = 1.9875691500e-4f;
  static final float C1 = 1.3981999507e-3f;
  static final float C2 = 8.3334519073e-3f;
  static final float C3 = 4.1665795894e-2f;
  static final float C4 = 1.6666665459e-1f;
  static final float C5 = 5.0000001201e-1f;

  static final int ONE_BITS = 0x3F800000;

  /** Below this a polynomial gives tanh. */
  static final float TANH_SMALL = 0.625f;

  static final float T0 = -5.70498872745e-3f;
  static final float T1 = 2.06390887954e-2f;
  static final float T2 = -5.37397155531e-2f;
  static final float T3 = 1.33314422036e-1f;
  static final float T4 = -3.33332819422e-1f;

  private Lanes() {}

  /** The largest multiple of eight that is not above {@code n}. */
  static int floor(int n) {
    return n & -W;
  }

  /** The smallest multiple of eight that is not below {@code n}. */
  static int ceil(int n) {
    return (n + W - 1) & -W;
  }

  /**
   * Sum of the eight lanes, always added in the same order; {@code tmp} holds at least 8 floats.
   */
  static float sum(FloatVector v, float[] tmp) {
    v.intoArray(tmp, 0);
    return sum(tmp, 0);
  }

  /** Sum of eight floats from {@code at} on, added in the same order. */
  static float sum(float[] x, int at) {
    return ((x[at] + x[at + 4]) + (x[at + 2] + x[at + 6]))
        + ((x[at + 1] + x[at + 5]) + (x[at + 3] + x[at + 7]));
  }

  /** The largest of eight lanes; {@code tmp} holds at least 8 floats. */
  static float max(FloatVector v, float[] tmp) {
    v.intoArray(tmp, 0);
    float top = tmp[0];
    for (int i = 1; i < W; i++) {
      top = Math.max(top, tmp[i]);
    }
    return top;
  }

  /**
   * e to the x on eight lanes, x clamped to [-87, 88]: what should weigh nothing is zeroed by the
   * caller. Worst relative error about 2e-7 (Cephes' single-precision coefficients).
   */
  static FloatVector exp(FloatVector x) {
    FloatVector c = x.max(EXP_MIN).min(EXP_MAX);
    // The low bits of the shifted sum hold the rounded exponent.
    FloatVector shifted = c.mul(LOG2E).add(ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), c);
    r = n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(F, C0);
    p = p.fma(r, FloatVector.broadcast(F, C1));
    p = p.fma(r, FloatVector.broadcast(F, C2));
    p = p.fma(r, FloatVector.broadcast(F, C3));
    p = p.fma(r, FloatVector.broadcast(F, C4));
    p = p.fma(r, FloatVector.broadcast(F, C5));
    FloatVector y = p.fma(r.mul(r), r).add(1f);
    IntVector scale = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
    return y.mul(scale.reinterpretAsFloats());
  }

  /**
   * The hyperbolic tangent on eight lanes, with a relative error of about 3e-7 (the polynomial is
   * Cephes' in single precision, elsewhere it is {@code 1 - 2 / (e^2x + 1)}).
   */
  static FloatVector tanh(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p = FloatVector.broadcast(F, T0);
    p = p.fma(z, FloatVector.broadcast(F, T1));
    p = p.fma(z, FloatVector.broadcast(F, T2));
    p = p.fma(z, FloatVector.broadcast(F, T3));
    p = p.fma(z, FloatVector.broadcast(F, T4));
    FloatVector small = p.mul(z).fma(x, x);
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector large = one.sub(FloatVector.broadcast(F, 2f).div(exp(x.add(x)).add(1f)));
    return large.blend(small, x.abs().compare(VectorOperators.LT, TANH_SMALL));
  }
}
