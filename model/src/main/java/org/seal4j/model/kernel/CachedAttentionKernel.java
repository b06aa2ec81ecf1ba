package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.seal4j.model.kernel.SmallGemm.View;

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
  /** Slots up to 6 belong to {@link AttentionStage}. */
  private static final int STAGED_KEYS = 7;

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
        row.load(in, b, scratch);
        for (int head = 0; head < s.heads(); head++) {
          row.attend(rows, head);
        }
        out[0].f().put(b * fresh * s.queryWidth(), row.o, 0, fresh * s.queryWidth());
      }
    };
  }

  /** One batch row over its cache, which is read where it lies if that is the Java heap. */
  private static final class Row extends AttentionStage {
    private final int capacity;
    private View cachedKeys = View.of(new float[0], 0, 0);
    private View cachedValues = cachedKeys;

    Row(AttentionShape s, int start, int fresh, int capacity, Scratch scratch) {
      super(s, start, fresh, scratch);
      this.capacity = capacity;
    }

    void load(Tensor[] in, int b, Scratch scratch) {
      in[0].f().get(b * fresh * s.queryWidth(), q, 0, fresh * s.queryWidth());
      FloatBuffer keys = in[3].f();
      FloatBuffer values = in[4].f();
      int from = b * s.kvWidth() * capacity;
      appendKeys(in[1].f(), b, keys, from);
      appendValues(in[2].f(), b, values, from);
      if (keys.hasArray() && values.hasArray() && capacity % 16 == 0) {
        cachedKeys = View.of(keys.array(), keys.arrayOffset() + from, capacity);
        cachedValues = View.of(values.array(), values.arrayOffset() + from, s.kvWidth());
      } else {
        cachedKeys = View.of(stagedKeys(keys, from, scratch), 0, stride);
        values.get(from, v, 0, length * s.kvWidth());
        cachedValues = View.of(v, 0, s.kvWidth());
      }
    }

    /** Turns the new keys as they enter the cache, so that none is turned again. */
    private void appendKeys(FloatBuffer added, int b, FloatBuffer cache, int from) {
      int width = s.kvWidth();
      added.get(b * fresh * width, k, 0, fresh * width);
      for (int d = 0; d < width; d++) {
        int at = from + d * capacity + start;
        for (int i = 0; i < fresh; i++) {
          cache.put(at + i, k[i * width + d]);
        }
      }
    }

    private void appendValues(FloatBuffer added, int b, FloatBuffer cache, int from) {
      int width = s.kvWidth();
      added.get(b * fresh * width, v, 0, fresh * width);
      cache.put(from + start * width, v, 0, fresh * width);
    }

    private float[] stagedKeys(FloatBuffer cache, int from, Scratch scratch) {
      float[] staged = scratch.floats(STAGED_KEYS, s.kvWidth() * stride);
      for (int d = 0; d < s.kvWidth(); d++) {
        cache.get(from + d * capacity, staged, d * stride, length);
        Arrays.fill(staged, d * stride + length, (d + 1) * stride, 0f);
      }
      return staged;
    }

    @Override
    View keys(AttentionRows rows, int kvHead) {
      int first = cachedKeys.at() + kvHead * s.headSize() * cachedKeys.rows();
      return View.of(cachedKeys.x(), first, cachedKeys.rows());
    }

    @Override
    View values(int kvHead) {
      return View.of(
          cachedValues.x(), cachedValues.at() + kvHead * s.headSize(), cachedValues.rows());
    }
  }
}
