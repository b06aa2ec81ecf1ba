package org.seal4j.model.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Passes over one row of logits {@code [v]} on the heap, eight at a time. Sums are taken in one
 * fixed order: blocks of 256 in float lanes, the blocks in double precision. Exponentials have a
 * relative error of about 2e-7, and what is more than 87 below the largest counts as 87 below it.
 *
 * <p>Not thread-safe: one per thread.
 */
public final class Exponentials {
  private static final int BLOCK = 256;

  private final float[] tmp = new float[Lanes.W];

  /** Eight elements from {@code i} on, filled up with {@code rest} behind the end. */
  private FloatVector load(float[] x, int i, float rest) {
    if (i + Lanes.W <= x.length) {
      return FloatVector.fromArray(Lanes.F, x, i);
    }
    Arrays.fill(tmp, rest);
    System.arraycopy(x, i, tmp, 0, x.length - i);
    return FloatVector.fromArray(Lanes.F, tmp, 0);
  }

  /** Whether no element is infinite or no number. */
  public boolean allFinite(float[] x) {
    FloatVector zeros = FloatVector.zero(Lanes.F);
    FloatVector sum = zeros;
    for (int i = 0; i < x.length; i += Lanes.W) {
      // 0 times what is not finite is no number, and stays that in every sum.
      sum = load(x, i, 0f).fma(zeros, sum);
    }
    return Lanes.sum(sum, tmp) == 0f;
  }

  /** The largest of finite elements. */
  public float max(float[] x) {
    FloatVector top = FloatVector.broadcast(Lanes.F, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < x.length; i += Lanes.W) {
      top = top.max(load(x, i, Float.NEGATIVE_INFINITY));
    }
    return Lanes.max(top, tmp);
  }

  /** {@code sum e^(x_i - top)}, top being the largest element. */
  public double sum(float[] x, float top) {
    double total = 0;
    for (int from = 0; from < x.length; from += BLOCK) {
      int to = Math.min(x.length, from + BLOCK);
      FloatVector block = FloatVector.zero(Lanes.F);
      for (int i = from; i < to; i += Lanes.W) {
        block = block.add(Lanes.exp(load(x, i, Float.NEGATIVE_INFINITY).sub(top)));
      }
      total += Lanes.sum(block, tmp);
    }
    return total;
  }

  /**
   * Writes {@code e^((x_i - top) * factor)} and returns the sum of what it wrote, in its order.
   *
   * @param factor finite and above 0
   * @param into at least as long as x rounded up to a multiple of eight
   */
  public double weights(float[] x, float top, float factor, float[] into) {
    for (int i = 0; i < x.length; i += Lanes.W) {
      Lanes.exp(load(x, i, Float.NEGATIVE_INFINITY).sub(top).mul(factor)).intoArray(into, i);
    }
    double total = 0;
    for (int i = 0; i < x.length; i++) {
      total += into[i];
    }
    return total;
  }
}
