package org.seal4j.model.kernel;

import org.seal4j.model.kernel.SmallGemm.View;

/**
 * Attention of new tokens over a key-value cache: the same arithmetic as {@link AttentionKernels},
 * so that incremental decoding gives what a full forward pass gives.
 *
 * <p>In q {@code [b * s, h * k]}, new keys and values {@code [b * s, kv * k]}, cached keys and
 * values {@code [b, capacity, kv * k]} (both are written at {@code start .. start + s - 1}), start
 * {@code [b]} int32; out o {@code [b * s, h * k]}. Rows past the capacity are refused.
 */
public final class CachedAttentionKernel {
  private CachedAttentionKernel() {}

  public static Kernel of(AttentionShape s) {
    AttentionRows rows = new AttentionRows(s);
    return (in, out, scratch) -> {
      int batch = in[5].length();
      int fresh = in[0].length() / s.queryWidth() / batch;
      int capacity = in[3].length() / s.kvWidth() / batch;
      for (int b = 0; b < batch; b++) {
        int start = in[5].i().get(b);
        if (start < 0 || start + fresh > capacity) {
          throw new IllegalStateException(
              "key-value cache holds "
                  + capacity
                  + " tokens but row "
                  + b
                  + " wants tokens "
                  + start
                  + " to "
                  + (start + fresh - 1));
        }
        Row row = new Row(s, start, fresh, scratch);
        row.load(in, b, capacity);
        for (int head = 0; head < s.heads(); head++) {
          attend(s, rows, row, head);
        }
        out[0].f().put(b * fresh * s.queryWidth(), row.o, 0, fresh * s.queryWidth());
      }
    };
  }

  private static void attend(AttentionShape s, AttentionRows rows, Row x, int head) {
    int k = s.headSize();
    int kvHead = s.kvHead(head);
    if (kvHead != x.transposed) {
      rows.transpose(x.k, kvHead, x.length, x.stride, x.kt);
      x.transposed = kvHead;
    }
    View keys = View.of(x.kt, 0, x.stride);
    View values = View.of(x.v, kvHead * k, s.kvWidth());
    View block = View.of(x.p, 0, x.stride);
    for (int i = 0; i < x.fresh; i += 4) {
      int m = Math.min(4, x.fresh - i);
      int at = i * s.queryWidth() + head * k;
      int reach = x.start + i + m;
      rows.scores(View.of(x.q, at, s.queryWidth()), keys, block, m, reach);
      int end = AttentionRows.columns(reach);
      for (int r = 0; r < m; r++) {
        rows.softmax(x.p, r * x.stride, x.start + i + r + 1, end);
      }
      rows.product(
          block, values, View.of(x.o, at, s.queryWidth()), new int[] {0, m, 0, reach}, false);
    }
  }

  /** The staged arrays of one batch row. */
  private static final class Row {
    final AttentionShape s;
    final int start;
    final int fresh;
    final int length;
    final int stride;
    final float[] q;
    final float[] k;
    final float[] v;
    final float[] o;
    final float[] kt;
    final float[] p;
    int transposed = -1;

    Row(AttentionShape s, int start, int fresh, Scratch scratch) {
      this.s = s;
      this.start = start;
      this.fresh = fresh;
      length = start + fresh;
      stride = AttentionRows.columns(length);
      q = scratch.floats(0, fresh * s.queryWidth());
      k = scratch.floats(1, length * s.kvWidth());
      v = scratch.floats(2, length * s.kvWidth());
      o = scratch.floats(3, fresh * s.queryWidth());
      kt = scratch.floats(5, s.headSize() * stride);
      p = scratch.floats(6, 4 * stride);
    }

    void load(Tensor[] in, int b, int capacity) {
      in[0].f().get(b * fresh * s.queryWidth(), q, 0, fresh * s.queryWidth());
      append(in[1], in[3], k, b, capacity);
      append(in[2], in[4], v, b, capacity);
      transposed = -1;
    }

    /** Copies the new rows into the cache, then stages everything up to them. */
    private void append(Tensor fromNew, Tensor cache, float[] into, int b, int capacity) {
      int width = s.kvWidth();
      fromNew.f().get(b * fresh * width, into, start * width, fresh * width);
      cache.f().put((b * capacity + start) * width, into, start * width, fresh * width);
      cache.f().get(b * capacity * width, into, 0, start * width);
    }
  }
}
