package org.seal4j.model.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Attention of blocks of up to four queries of one head over the keys before them. */
final class AttentionRows {
  private final AttentionShape shape;
  private final float[] tmp = new float[Lanes.W];
  private final int[] range = new int[5];

  AttentionRows(AttentionShape shape) {
    this.shape = shape;
  }

  /**
   * Writes the transpose of head {@code head} of {@code x [t, width]} as {@code [k, stride]}, zero
   * padded.
   */
  void transpose(float[] x, int head, int t, int stride, float[] into) {
    int k = shape.headSize();
    int width = shape.kvWidth();
    for (int d = 0; d < k; d++) {
      int to = d * stride;
      int from = head * k + d;
      for (int j = 0; j < t; j++) {
        into[to + j] = x[from + j * width];
      }
      Arrays.fill(into, to + t, to + stride, 0f);
    }
  }

  /** Columns that scores of queries below {@code end} may touch, a multiple of 16. */
  static int columns(int end) {
    return (end + 15) & -16;
  }

  /**
   * {@code into[i - i0, j] = a_i . bt_j} for rows i0 to i1, columns 0 to {@code columns(reach)}.
   *
   * @param a rows of queries (or upstream gradients), strided
   * @param bt transposed keys (or values) {@code [k, stride]}
   */
  void scores(SmallGemm.View a, SmallGemm.View bt, SmallGemm.View into, int rows, int reach) {
    set(0, rows, columns(reach), 0, shape.headSize());
    SmallGemm.multiply(a, bt, into, range, false);
  }

  /** {@code c[m0..m1, k] (+)= a b} over summed index k0..k1, k being the head size. */
  void product(
      SmallGemm.View a, SmallGemm.View b, SmallGemm.View c, int[] rowsAndSum, boolean add) {
    set(rowsAndSum[0], rowsAndSum[1], shape.headSize(), rowsAndSum[2], rowsAndSum[3]);
    SmallGemm.multiply(a, b, c, range, add);
  }

  private void set(int m0, int m1, int n, int k0, int k1) {
    range[0] = m0;
    range[1] = m1;
    range[2] = n;
    range[3] = k0;
    range[4] = k1;
  }

  /**
   * Softmax in place of the scaled scores 0 to count-1 of one row; everything up to {@code end}
   * becomes 0.
   *
   * @return log of the sum of exponentials of the scaled scores
   */
  float softmax(float[] s, int at, int count, int end) {
    Arrays.fill(s, at + count, at + end, Float.NEGATIVE_INFINITY);
    int n = Lanes.ceil(count);
    float scale = shape.scale();
    FloatVector max = FloatVector.broadcast(Lanes.F, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < n; j += Lanes.W) {
      max = max.max(FloatVector.fromArray(Lanes.F, s, at + j));
    }
    float top = Lanes.max(max, tmp) * scale;
    FloatVector acc = FloatVector.zero(Lanes.F);
    for (int j = 0; j < n; j += Lanes.W) {
      FloatVector e = Lanes.exp(FloatVector.fromArray(Lanes.F, s, at + j).mul(scale).sub(top));
      e.intoArray(s, at + j);
      acc = acc.add(e);
    }
    // Padding weighs e^-87 in the sum, which changes no bit of it, and nothing from here on.
    float sum = Lanes.sum(acc, tmp);
    float inverse = 1f / sum;
    for (int j = 0; j < n; j += Lanes.W) {
      FloatVector.fromArray(Lanes.F, s, at + j).mul(inverse).intoArray(s, at + j);
    }
    Arrays.fill(s, at + count, at + end, 0f);
    return (float) (top + StrictMath.log(sum));
  }

  /** Recomputes the softmax of one row from its log-sum: {@code s = exp(scale * s - lse)}. */
  void softmaxFrom(float lse, float[] s, int at, int count, int end) {
    Arrays.fill(s, at + count, at + end, Float.NEGATIVE_INFINITY);
    float scale = shape.scale();
    int n = Lanes.ceil(count);
    for (int j = 0; j < n; j += Lanes.W) {
      Lanes.exp(FloatVector.fromArray(Lanes.F, s, at + j).mul(scale).sub(lse)).intoArray(s, at + j);
    }
    Arrays.fill(s, at + count, at + end, 0f);
  }

  /** {@code ds = p * (dp - delta) * scale} on one row, in place of dp. */
  void softmaxGradient(float[] p, float[] dp, int at, int end, float delta) {
    float scale = shape.scale();
    for (int j = 0; j < end; j += Lanes.W) {
      FloatVector d = FloatVector.fromArray(Lanes.F, dp, at + j).sub(delta);
      FloatVector.fromArray(Lanes.F, p, at + j).mul(d).mul(scale).intoArray(dp, at + j);
    }
  }
}
