package org.seal4j.model.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Attention of blocks of up to four queries of one head over the keys before them. */
final class AttentionRows {
  private final AttentionShape shape;
  private final float[] tmp = new float[Lanes.W];
  private final int[] range = new int[5];

  /** Slopes of the cap at the scores of the last row that was capped for a gradient. */
  private float[] slopes = {};

  AttentionRows(AttentionShape shape) {
    this.shape = shape;
  }

  /** What is attended with. */
  AttentionShape shape() {
    return shape;
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

  /** The first column that scores of queries from {@code query} on touch, a multiple of 16. */
  int begin(int query) {
    return shape.first(query) & -16;
  }

  /**
   * {@code into[i - i0, j] = a_i . bt_j} for rows i0 to i1 and so many columns, a multiple of 16.
   *
   * @param a rows of queries (or upstream gradients), strided
   * @param bt transposed keys (or values) {@code [k, stride]}
   */
  void scores(SmallGemm.View a, SmallGemm.View bt, SmallGemm.View into, int rows, int columns) {
    set(0, rows, columns, 0, shape.headSize());
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
   * The part of a row that one query sees.
   *
   * @param at place of the row's column 0
   * @param begin first column with a score, a multiple of 16
   * @param first first column that is seen
   * @param count column behind the last one that is seen
   * @param end column behind the last score, a multiple of 16
   */
  record Span(int at, int begin, int first, int count, int end) {
    /** Puts a number into all columns with a score that are not seen. */
    void fillUnseen(float[] s, float value) {
      Arrays.fill(s, at + begin, at + first, value);
      Arrays.fill(s, at + count, at + end, value);
    }
  }

  /** What a query sees of a row whose scores stand from {@code begin} to {@code end}. */
  Span span(int at, int query, int begin, int end) {
    return new Span(at, begin, shape.first(query), query + 1, end);
  }

  /**
   * Softmax in place of the scaled scores of one row; what is not seen becomes 0.
   *
   * @return log of the sum of exponentials of the scaled scores
   */
  float softmax(float[] s, Span row) {
    float scale = cap(s, row, false);
    row.fillUnseen(s, Float.NEGATIVE_INFINITY);
    int from = row.at + row.begin;
    int to = row.at + Lanes.ceil(row.count);
    FloatVector max = FloatVector.broadcast(Lanes.F, Float.NEGATIVE_INFINITY);
    for (int j = from; j < to; j += Lanes.W) {
      max = max.max(FloatVector.fromArray(Lanes.F, s, j));
    }
    float top = Lanes.max(max, tmp) * scale;
    FloatVector acc = FloatVector.zero(Lanes.F);
    for (int j = from; j < to; j += Lanes.W) {
      FloatVector e = Lanes.exp(FloatVector.fromArray(Lanes.F, s, j).mul(scale).sub(top));
      e.intoArray(s, j);
      acc = acc.add(e);
    }
    // What is not seen weighs e^-87 in the sum, which changes no bit of it, and nothing from here
    // on.
    float sum = Lanes.sum(acc, tmp);
    float inverse = 1f / sum;
    for (int j = from; j < to; j += Lanes.W) {
      FloatVector.fromArray(Lanes.F, s, j).mul(inverse).intoArray(s, j);
    }
    row.fillUnseen(s, 0f);
    return (float) (top + StrictMath.log(sum));
  }

  /**
   * Recomputes the softmax of one row from its log-sum, {@code s = exp(scale * s - lse)}, and keeps
   * the slopes of the cap, if there is one, for {@link #softmaxGradient}.
   */
  void softmaxFrom(float lse, float[] s, Span row) {
    float scale = cap(s, row, true);
    row.fillUnseen(s, Float.NEGATIVE_INFINITY);
    int to = row.at + Lanes.ceil(row.count);
    for (int j = row.at + row.begin; j < to; j += Lanes.W) {
      Lanes.exp(FloatVector.fromArray(Lanes.F, s, j).mul(scale).sub(lse)).intoArray(s, j);
    }
    row.fillUnseen(s, 0f);
  }

  /**
   * {@code ds = p * (dp - delta) * scale} on one row, in place of dp, times the slope of the cap
   * that {@link #softmaxFrom} left of this row.
   */
  void softmaxGradient(float[] p, float[] dp, Span row, float delta) {
    float scale = shape.scale();
    for (int j = row.begin; j < row.end; j += Lanes.W) {
      int at = row.at + j;
      FloatVector d = FloatVector.fromArray(Lanes.F, dp, at).sub(delta);
      FloatVector ds = FloatVector.fromArray(Lanes.F, p, at).mul(d).mul(scale);
      ds = shape.cap() > 0 ? ds.mul(FloatVector.fromArray(Lanes.F, slopes, j)) : ds;
      ds.intoArray(dp, at);
    }
  }

  /**
   * Scales and caps the scores of a row in place, where there is a cap.
   *
   * @return what they are to be multiplied by still
   */
  private float cap(float[] s, Span row, boolean forGradient) {
    if (shape.cap() == 0) {
      return shape.scale();
    }
    if (forGradient && slopes.length < row.end) {
      slopes = new float[row.end];
    }
    float inner = shape.scale() / shape.cap();
    for (int j = row.begin; j < row.end; j += Lanes.W) {
      FloatVector t = Lanes.tanh(FloatVector.fromArray(Lanes.F, s, row.at + j).mul(inner));
      t.mul(shape.cap()).intoArray(s, row.at + j);
      if (forGradient) {
        SoftCapKernels.slope(t).intoArray(slopes, j);
      }
    }
    return 1f;
  }
}
