package org.seal4j.model.graph;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.AttentionShape;

/** The few stock SameDiff expressions from which the twins of our ops are written. */
final class Stock {
  private static final float MASKED = -1e9f;

  private Stock() {}

  /**
   * Sum over the last axis of x {@code [n, rows, d]}, kept as size 1. SameDiff sums along a wrong
   * axis if that is called -1 here (M2.1).
   */
  static SDVariable sumLast(SDVariable x) {
    return x.sum(true, 2);
  }

  /**
   * Sum over the rows of x {@code [rows, d]}. A single row is its own sum; SameDiff's sessions fail
   * on a reduction that changes nothing (M2.1).
   */
  static SDVariable sumRows(SDVariable x, long rows) {
    return rows == 1 ? x.reshape(-1) : x.sum(0);
  }

  /** Mean over the last axis of x {@code [rows, d]}, kept as size 1. */
  static SDVariable meanLast(SDVariable x, long d) {
    return d == 1 ? x : x.mean(true, 1);
  }

  /** {@code [rows, size]} with 1 at each row's id. */
  static SDVariable oneHot(SameDiff sd, SDVariable ids, long size) {
    return sd.oneHot(ids, Math.toIntExact(size), -1, 1.0, 0.0, DataType.FLOAT);
  }

  /** Query rows {@code [b * t, h * k]} as {@code [b * kv, group * t, k]}. */
  static SDVariable queries(SDVariable x, AttentionShape s, long batch) {
    return x.reshape(batch, -1, s.kvHeads(), s.heads() / s.kvHeads(), s.headSize())
        .permute(0, 2, 3, 1, 4)
        .reshape(batch * s.kvHeads(), -1, s.headSize());
  }

  /** The inverse of {@link #queries}. */
  static SDVariable rowsOfQueries(SDVariable x, AttentionShape s, long batch) {
    return x.reshape(batch, s.kvHeads(), s.heads() / s.kvHeads(), -1, s.headSize())
        .permute(0, 3, 1, 2, 4)
        .reshape(-1, s.queryWidth());
  }

  /** Key or value rows {@code [b * t, kv * k]} as {@code [b * kv, t, k]}. */
  static SDVariable keys(SDVariable x, AttentionShape s, long batch) {
    return x.reshape(batch, -1, s.kvHeads(), s.headSize())
        .permute(0, 2, 1, 3)
        .reshape(batch * s.kvHeads(), -1, s.headSize());
  }

  /** The inverse of {@link #keys}. */
  static SDVariable rowsOfKeys(SDVariable x, AttentionShape s, long batch) {
    return x.reshape(batch, s.kvHeads(), -1, s.headSize())
        .permute(0, 2, 1, 3)
        .reshape(-1, s.kvWidth());
  }

  /** {@code cap * tanh(x / cap)}. */
  static SDVariable capped(SameDiff sd, SDVariable x, float cap) {
    return sd.math().tanh(x.mul(1f / cap)).mul(cap);
  }

  /** The slope of {@link #capped} where its value is y. */
  static SDVariable capSlope(SDVariable y, float cap) {
    SDVariable t = y.mul(1f / cap);
    return t.mul(t).rsub(1.0);
  }

  /** Scaled and capped scores: in queries and keys as above; out {@code [b * kv, rows, t]}. */
  static SDVariable scores(SameDiff sd, SDVariable q, SDVariable k, AttentionShape s) {
    SDVariable scores = sd.mmul(q, k, false, true, false).mul(s.scale());
    return s.cap() > 0 ? capped(sd, scores, s.cap()) : scores;
  }

  /**
   * 0 where a query may look, a large negative number elsewhere: {@code [1, group * t, t]}; one
   * constant for all layers with the same window.
   */
  static SDVariable mask(SameDiff sd, AttentionShape s, long length) {
    int group = s.heads() / s.kvHeads();
    int t = Math.toIntExact(length);
    String name = "causal_mask_" + group + "x" + t + (s.window() > 0 ? "w" + s.window() : "");
    if (sd.hasVariable(name)) {
      return sd.getVariable(name);
    }
    float[] mask = new float[group * t * t];
    for (int row = 0; row < group * t; row++) {
      int query = row % t;
      int first = s.window() == 0 ? 0 : Math.max(0, query - s.window() + 1);
      Arrays.fill(mask, row * t, row * t + first, MASKED);
      Arrays.fill(mask, row * t + query + 1, (row + 1) * t, MASKED);
    }
    return sd.constant(name, Nd4j.createFromArray(mask).reshape(1, (long) group * t, t));
  }

  /**
   * Cross-entropy of logits against targets, both {@code [rows, v]}, with weights {@code [rows]}:
   * the loss of each of so many groups of rows, and the gradient of their sum by the logits.
   */
  static SDVariable[] crossEntropy(
      SameDiff sd,
      SDVariable logits,
      SDVariable targets,
      SDVariable weights,
      long rows,
      int groups) {
    // logSoftmax is written out: SameDiff saves its own but cannot load it (M2.1).
    SDVariable shifted = logits.sub(logits.max(true, 1));
    SDVariable exp = sd.math().exp(shifted);
    SDVariable sum = exp.sum(true, 1);
    SDVariable mass = targets.sum(true, 1);
    SDVariable expected = shifted.mul(targets).sum(true, 1);
    SDVariable entropy = sd.math().log(sum).mul(mass).sub(expected).reshape(-1);
    SDVariable weighted = entropy.mul(weights);
    SDVariable loss = rows == groups ? weighted : weighted.reshape(groups, -1).sum(1);
    SDVariable gradient = exp.div(sum).mul(mass).sub(targets).mul(weights.reshape(-1, 1));
    return new SDVariable[] {loss, gradient};
  }
}
