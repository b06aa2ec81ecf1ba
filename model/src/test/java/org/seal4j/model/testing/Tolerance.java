package org.seal4j.model.testing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far two ways to compute one number may be apart, relative to the largest number of the array
 * it is in (at least {@link #FLOOR}). From exact to coarse.
 */
public enum Tolerance {
  /** The same operations in the same order. */
  BITS(0),
  /** Float64, in another order. */
  FLOAT64(1e-12),
  /** One operation in float32. */
  FLOAT32(1e-6),
  /** Sums and products in float32 in another order: a fused kernel and stock ops, or BLAS. */
  SUMS(2e-5),
  /** A gradient in float32 and central differences of fourth order. */
  DIFFERENCES(2e-3);

  /** The scale of arrays whose numbers are all smaller. */
  public static final double FLOOR = 1e-2;

  private final double relative;

  Tolerance(double relative) {
    this.relative = relative;
  }

  /** The largest difference relative to the scale. */
  public double relative() {
    return relative;
  }

  /**
   * Fails where the numbers are further apart.
   *
   * @param scale largest absolute value of the array
   */
  public void check(String what, double got, double expected, double scale) {
    assertThat(Math.abs(got - expected))
        .as("%s: got %s, expected %s, within %s of the scale %s", what, got, expected, this, scale)
        .isLessThanOrEqualTo(relative * Math.max(FLOOR, scale));
  }
}
