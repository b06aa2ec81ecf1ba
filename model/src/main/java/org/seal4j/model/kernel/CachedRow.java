package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.seal4j.model.kernel.SmallGemm.View;

/**
 * New tokens of one batch row over the row's cache, which is read where it lies if that is the Java
 * heap: keys {@code [kv * k, capacity]} and values {@code [capacity, kv * k]} from some element of
 * a larger memory on.
 */
final class CachedRow extends AttentionStage {
  /** Slots up to 6 belong to {@link AttentionStage}. */
  private static final int STAGED_KEYS = 7;

  private final int capacity;
  private View cachedKeys = View.of(new float[0], 0, 0);
  private View cachedValues = cachedKeys;

  private CachedRow(AttentionShape s, int start, int fresh, int capacity, Scratch scratch) {
    super(s, start, fresh, scratch);
    this.capacity = capacity;
  }

  /**
   * Where a row's cache lies.
   *
   * @param from its first element in the memory, the same for keys and values
   * @param capacity tokens that it holds
   * @param start tokens that it holds already
   */
  record Place(int from, int capacity, int start) {
    /** Refuses new tokens that do not fit. */
    void requireRoom(int row, int fresh) {
      if (start < 0 || start + fresh > capacity) {
        throw new IllegalStateException(
            "key-value cache holds %d tokens but row %d wants tokens %d to %d"
                .formatted(capacity, row, start, start + fresh - 1));
      }
    }
  }

  /**
   * Writes the new keys and values of a row into its cache and attends to all of it.
   *
   * @param in query, key, value, memory of keys, memory of values
   * @param out of all rows, {@code [b * s, h * k]}
   * @param row index of the row
   */
  static void attend(
      AttentionRows rows, Tensor[] in, Tensor out, int row, Place place, Scratch scratch) {
    AttentionShape s = rows.shape();
    int fresh = out.length() / s.queryWidth() / in[5].length();
    place.requireRoom(row, fresh);
    CachedRow staged = new CachedRow(s, place.start, fresh, place.capacity, scratch);
    staged.load(in, row, place.from, scratch);
    for (int head = 0; head < s.heads(); head++) {
      staged.attend(rows, head);
    }
    out.f().put(row * fresh * s.queryWidth(), staged.o, 0, fresh * s.queryWidth());
  }

  private void load(Tensor[] in, int b, int from, Scratch scratch) {
    in[0].f().get(b * fresh * s.queryWidth(), q, 0, fresh * s.queryWidth());
    FloatBuffer keys = in[3].f();
    FloatBuffer values = in[4].f();
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
