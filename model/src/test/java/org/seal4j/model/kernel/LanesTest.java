package org.seal4j.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
  /** With head size 1 the scores are not scaled, so this is the vector exponential itself. */
  private static final AttentionRows ROWS = new AttentionRows(new AttentionShape(1, 1, 1));

  @Test
  void the_exponential_of_eight_lanes_is_that_of_one_number_bit_for_bit() {
    float[] x = samples();
    float[] y = x.clone();
    ROWS.softmaxFrom(0f, y, ROWS.span(0, y.length - 1, 0, y.length));
    for (int i = 0; i < x.length; i++) {
      assertThat(Float.floatToRawIntBits(y[i]))
          .as("exp(%s)", x[i])
          .isEqualTo(Float.floatToRawIntBits(expScalar(x[i])));
    }
  }

  @Test
  void the_exponential_is_within_3e_7_of_the_exact_one() {
    double worst = 0;
    for (float x : samples()) {
      double exact = StrictMath.exp(Math.max(-87.0, Math.min(88.0, x)));
      worst = Math.max(worst, Math.abs(expScalar(x) - exact) / exact);
    }
    assertThat(worst).isLessThan(3e-7);
  }

  @Test
  void the_exponential_of_zero_is_one_and_it_never_falls() {
    assertThat(expScalar(0f)).isEqualTo(1f);
    assertThat(expScalar(-0f)).isEqualTo(1f);
    float last = 0;
    for (float x = -88; x < 89; x += 0.01f) {
      float y = expScalar(x);
      assertThat(y).isGreaterThanOrEqualTo(last).isFinite();
      last = y;
    }
  }

  /** The arithmetic of {@link Lanes#exp} on one number. */
  private static float expScalar(float x) {
    float c = Math.min(Math.max(x, Lanes.EXP_MIN), Lanes.EXP_MAX);
    float shifted = c * Lanes.LOG2E + Lanes.ROUND;
    float n = shifted - Lanes.ROUND;
    float r = Math.fma(n, -Lanes.LN2_HIGH, c);
    r = Math.fma(n, -Lanes.LN2_LOW, r);
    float p = Lanes.C0;
    for (float coefficient : new float[] {Lanes.C1, Lanes.C2, Lanes.C3, Lanes.C4, Lanes.C5}) {
      p = Math.fma(p, r, coefficient);
    }
    float y = Math.fma(p, r * r, r) + 1f;
    return y * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + Lanes.ONE_BITS);
  }

  /** With a cap of 1 the kernel is the vector tangent itself. */
  @Test
  void the_tangent_is_within_4e_7_of_the_exact_one() {
    float[] x = samples();
    x[0] = 0f;
    x[1] = 100f;
    x[2] = -100f;
    Tensor in = KernelBits.zeros(x.length);
    Tensor out = KernelBits.zeros(x.length);
    in.f().put(0, x);
    SoftCapKernels.forward(1f).run(new Tensor[] {in}, new Tensor[] {out}, new Scratch());
    for (int i = 0; i < x.length; i++) {
      double exact = StrictMath.tanh(x[i]);
      assertThat(Math.abs(out.f().get(i) - exact))
          .as("tanh(%s)", x[i])
          .isLessThanOrEqualTo(4e-7 * Math.abs(exact));
    }
    assertThat(new float[] {out.f().get(0), out.f().get(1), out.f().get(2)})
        .containsExactly(0f, 1f, -1f);
  }

  @Test
  void lengths_round_to_whole_vectors() {
    assertThat(new int[] {Lanes.floor(0), Lanes.floor(7), Lanes.floor(8), Lanes.floor(17)})
        .containsExactly(0, 0, 8, 16);
    assertThat(new int[] {Lanes.ceil(0), Lanes.ceil(1), Lanes.ceil(8), Lanes.ceil(17)})
        .containsExactly(0, 8, 8, 24);
  }

  /** Finite numbers of all magnitudes and both signs, dense where exp neither vanishes nor ends. */
  private static float[] samples() {
    float[] x = new float[80_000];
    for (int i = 0; i < 40_000; i++) {
      x[i] = Float.intBitsToFloat((int) (i * (0xFF7F_FFFFL / 40_000L)));
      if (!Float.isFinite(x[i])) {
        x[i] = i;
      }
      x[40_000 + i] = -88f + i * (177f / 40_000f);
    }
    return x;
  }
}
