package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Attention of new tokens over a key-value cache: the same arithmetic as {@link AttentionKernels},
 * so that incremental decoding gives what a full forward pass gives.
 *
 * <p>In q {@code [b * s, h * k]}, new keys and values {@code [b * s, kv * k]}, cached keys {@code
 * [b, kv * k, capacity]} and values {@code [b, capacity, kv * k]} (both are written at {@code start
 * .. start + s - 1}), start {@code [b]} int32; out o {@code [b * s, h * k]}. Rows past the capacity
 * are refused.
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
        Row row = new Row(s, start, fresh, capacity, scratch);
        row.load(in, b);
        for (int head = 0; head < s.heads(); head++) {
          row.attend(rows, head);
        }
        out[0].f().put(b * fresh * s.queryWidth(), row.o, 0, fresh * s.queryWidth());
      }
    };
  }

  /** The staged arrays of one batch row over its cache. */
  private static final class Row extends AttentionStage {
    private final int capacity;
    private FloatBuffer keys = FloatBuffer.allocate(0);

    /** The row of the cached keys where those of this row of the batch begin. */
    private int row;

    Row(AttentionShape s, int start, int fresh, int capacity, Scratch scratch) {
      super(s, start, fresh, scratch);
      this.capacity = capacity;
    }

    void load(Tensor[] in, int b) {
      in[0].f().get(b * fresh * s.queryWidth(), q, 0, fresh * s.queryWidth());
      keys = in[3].f();
      row = b * s.kvWidth();
      appendKeys(in[1].f(), b);
      appendValues(in[2].f(), in[4].f(), b);
    }

    /** Turns the new keys as they enter the cache, so that none is turned again. */
    private void appendKeys(FloatBuffer added, int b) {
      int width = s.kvWidth();
      added.get(b * fresh * width, k, 0, fresh * width);
      for (int d = 0; d < width; d++) {
        for (int i = 0; i < fresh; i++) {
          kt[i] = k[i * width + d];
        }
        keys.put((row + d) * capacity + start, kt, 0, fresh);
      }
    }

    @Override
    void stageKeys(AttentionRows rows, int kvHead) {
      int from = row + kvHead * s.headSize();
      for (int d = 0; d < s.headSize(); d++) {
        keys.get((from + d) * capacity, kt, d * stride, length);
        Arrays.fill(kt, d * stride + length, (d + 1) * stride, 0f);
      }
    }

    /** Copies the new values into the cache, then stages everything up to them. */
    private void appendValues(FloatBuffer added, FloatBuffer cache, int b) {
      int width = s.kvWidth();
      added.get(b * fresh * width, v, start * width, fresh * width);
      cache.put((b * capacity + start) * width, v, start * width, fresh * width);
      cache.get(b * capacity * width, v, 0, start * width);
    }
  }
}
