package org.seal4j.model.kernel;

import org.seal4j.model.kernel.SmallGemm.View;

/** The staged arrays of one batch row: a query over the keys and values up to it at every place. */
class AttentionStage {
  final AttentionShape s;
  final int length;
  final int stride;
  final float[] q;
  final float[] k;
  final float[] v;
  final float[] o;
  final float[] lse;
  final float[] kt;
  float[] p;

  /** The key-value head whose transposed keys are staged. */
  int transposed = -1;

  AttentionStage(AttentionShape s, int length, Scratch scratch) {
    this.s = s;
    this.length = length;
    stride = AttentionRows.columns(length);
    q = scratch.floats(0, length * s.queryWidth());
    k = scratch.floats(1, length * s.kvWidth());
    v = scratch.floats(2, length * s.kvWidth());
    o = scratch.floats(3, length * s.queryWidth());
    lse = scratch.floats(4, s.heads() * length);
    kt = scratch.floats(5, s.headSize() * stride);
    p = scratch.floats(6, 4 * stride);
  }

  /** The transposed keys of a head, {@code [headSize, length]}, with columns up to the next 16. */
  private View keys(AttentionRows rows, int kvHead) {
    if (kvHead != transposed) {
      rows.transpose(k, kvHead, length, stride, kt);
      transposed = kvHead;
    }
    return View.of(kt, 0, stride);
  }

  /** The values of a head, {@code [length, headSize]}. */
  private View values(int kvHead) {
    return View.of(v, kvHead * s.headSize(), s.kvWidth());
  }

  /** Attention of one head: mixed values into o, log-sums into lse. */
  final void attend(AttentionRows rows, int head) {
    int kvHead = s.kvHead(head);
    View keys = keys(rows, kvHead);
    View values = values(kvHead);
    View block = View.of(p, 0, stride);
    for (int i = 0; i < length; i += 4) {
      int m = Math.min(4, length - i);
      int at = i * s.queryWidth() + head * s.headSize();
      int reach = i + m;
      int begin = rows.begin(i);
      int end = AttentionRows.columns(reach);
      View queries = View.of(q, at, s.queryWidth());
      rows.scores(queries, keys.from(begin), block.from(begin), m, end - begin);
      for (int r = 0; r < m; r++) {
        AttentionRows.Span seen = rows.span(r * stride, i + r, begin, end);
        lse[head * length + i + r] = rows.softmax(p, seen);
      }
      int[] span = {0, m, begin, reach};
      rows.product(block, values, View.of(o, at, s.queryWidth()), span, false);
    }
  }
}
