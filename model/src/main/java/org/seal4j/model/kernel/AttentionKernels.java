package org.seal4j.model.kernel;

import org.jspecify.annotations.Nullable;
import org.seal4j.model.kernel.SmallGemm.View;

/**
 * Causal attention with grouped-query heads (Ainslie et al. 2023), softmax and both products in one
 * pass per head. Only the lower triangle is computed; the gradient recomputes the probabilities
 * from the saved log-sums (as in Dao et al. 2022) instead of keeping {@code [b, h, t, t]}.
 */
public final class AttentionKernels {
  private AttentionKernels() {}

  /**
   * In q {@code [b * t, h * k]}, key and value {@code [b * t, kv * k]}; out o {@code [b * t, h *
   * k]}, lse {@code [b, h, t]}.
   */
  public static Kernel forward(AttentionShape s, int batch) {
    AttentionRows rows = new AttentionRows(s);
    return (in, out, scratch) -> {
      int t = in[0].length() / s.queryWidth() / batch;
      Stage x = new Stage(s, t, scratch);
      for (int b = 0; b < batch; b++) {
        x.load(in, b);
        for (int head = 0; head < s.heads(); head++) {
          x.attend(rows, head);
        }
        out[0].f().put(b * t * s.queryWidth(), x.o, 0, t * s.queryWidth());
        Tensor.put(out[1], b * s.heads() * t, x.lse, s.heads() * t);
      }
    };
  }

  /**
   * Gradient: in q, key, value, o, lse as above and do {@code [b * t, h * k]}; out dq, dkey,
   * dvalue.
   */
  public static Kernel gradient(AttentionShape s, int batch) {
    AttentionRows rows = new AttentionRows(s);
    return (in, out, scratch) -> {
      int t = in[0].length() / s.queryWidth() / batch;
      Stage x = new Stage(s, t, scratch);
      x.allocateGradients(scratch);
      for (int b = 0; b < batch; b++) {
        x.load(in, b);
        in[3].f().get(b * t * s.queryWidth(), x.o, 0, t * s.queryWidth());
        in[4].f().get(b * s.heads() * t, x.lse, 0, s.heads() * t);
        in[5].f().get(b * t * s.queryWidth(), x.dO, 0, t * s.queryWidth());
        for (int head = 0; head < s.heads(); head++) {
          gradientHead(s, rows, x, head);
        }
        x.store(out, b);
      }
    };
  }

  private static void gradientHead(AttentionShape s, AttentionRows rows, Stage x, int head) {
    int k = s.headSize();
    int kv = s.kvHead(head) * k;
    int width = s.queryWidth();
    if (s.kvHead(head) != x.transposed) {
      rows.transpose(x.k, s.kvHead(head), x.length, x.stride, x.kt);
      rows.transpose(x.v, s.kvHead(head), x.length, x.stride, x.vt);
      x.transposed = s.kvHead(head);
    }
    View keysT = View.of(x.kt, 0, x.stride);
    View valuesT = View.of(x.vt, 0, x.stride);
    View keys = View.of(x.k, kv, s.kvWidth());
    for (int i = 0; i < x.length; i += 4) {
      int m = Math.min(4, x.length - i);
      int at = i * width + head * k;
      int begin = rows.begin(i);
      int end = AttentionRows.columns(i + m);
      View p = View.of(x.p, i * x.stride, x.stride).from(begin);
      View ds = View.of(x.ds, i * x.stride, x.stride);
      View dsFrom = ds.from(begin);
      rows.scores(View.of(x.q, at, width), keysT.from(begin), p, m, end - begin);
      rows.scores(View.of(x.dO, at, width), valuesT.from(begin), dsFrom, m, end - begin);
      for (int r = 0; r < m; r++) {
        AttentionRows.Span row = rows.span((i + r) * x.stride, i + r, begin, end);
        rows.softmaxFrom(x.lse[head * x.length + i + r], x.p, row);
        rows.softmaxGradient(x.p, x.ds, row, x.delta(at + r * width, k));
      }
      rows.product(ds, keys, View.of(x.dq, at, width), new int[] {0, m, begin, i + m}, false);
    }
    // The first query head of a group starts the sums of its key-value head, the others add.
    boolean add = head % (s.heads() / s.kvHeads()) != 0;
    View pT = new View(x.p, 0, 1, x.stride);
    View dsT = new View(x.ds, 0, 1, x.stride);
    View q = View.of(x.q, head * k, width);
    View dO = View.of(x.dO, head * k, width);
    for (int j = 0; j < x.length; j += 4) {
      int last = Math.min(j + 4, x.length);
      int[] span = {j, last, j, s.behind(last - 1, x.length)};
      rows.product(dsT, q, View.of(x.dk, kv, s.kvWidth()), span, add);
      rows.product(pT, dO, View.of(x.dv, kv, s.kvWidth()), span, add);
    }
  }

  /** The staged arrays of one batch row of whole sequences, with those of the gradient. */
  private static final class Stage extends AttentionStage {
    float[] vt = {};
    float[] dO = {};
    float[] ds = {};
    float[] dq = {};
    float[] dk = {};
    float[] dv = {};

    Stage(AttentionShape s, int t, Scratch scratch) {
      super(s, t, scratch);
    }

    void allocateGradients(Scratch scratch) {
      p = scratch.floats(6, length * stride);
      vt = scratch.floats(7, s.headSize() * stride);
      dO = scratch.floats(8, length * s.queryWidth());
      ds = scratch.floats(9, length * stride);
      dq = scratch.floats(10, length * s.queryWidth());
      dk = scratch.floats(11, length * s.kvWidth());
      dv = scratch.floats(12, length * s.kvWidth());
    }

    void load(Tensor[] in, int b) {
      in[0].f().get(b * length * s.queryWidth(), q, 0, length * s.queryWidth());
      in[1].f().get(b * length * s.kvWidth(), k, 0, length * s.kvWidth());
      in[2].f().get(b * length * s.kvWidth(), v, 0, length * s.kvWidth());
      transposed = -1;
    }

    /** {@code do_i . o_i}: what the softmax gradient subtracts. */
    float delta(int at, int k) {
      float sum = 0f;
      for (int d = 0; d < k; d++) {
        sum = Math.fma(dO[at + d], o[at + d], sum);
      }
      return sum;
    }

    void store(@Nullable Tensor[] out, int b) {
      Tensor.put(out[0], b * length * s.queryWidth(), dq, length * s.queryWidth());
      Tensor.put(out[1], b * length * s.kvWidth(), dk, length * s.kvWidth());
      Tensor.put(out[2], b * length * s.kvWidth(), dv, length * s.kvWidth());
    }
  }
}
