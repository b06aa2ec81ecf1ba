package org.seal4j.model.kernel;

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
              "key-value cache holds %d tokens but row %d wants tokens %d to %d"
                  .formatted(capacity, b, start, start + fresh - 1));
        }
        Row row = new Row(s, start, fresh, scratch);
        row.load(in, b, capacity);
        for (int head = 0; head < s.heads(); head++) {
          row.attend(rows, head);
        }
        out[0].f().put(b * fresh * s.queryWidth(), row.o, 0, fresh * s.queryWidth());
      }
    };
  }

  /** The staged arrays of one batch row over its cache. */
  private static final class Row extends AttentionStage {
    Row(AttentionShape s, int start, int fresh, Scratch scratch) {
      super(s, start, fresh, scratch);
    }

    void load(Tensor[] in, int b, int capacity) {
      in[0].f().get(b * fresh * s.queryWidth(), q, 0, fresh * s.queryWidth());
      append(in[1], in[3], k, b, capacity);
      append(in[2], in[4], v, b, capacity);
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
