package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import org.seal4j.model.kernel.SmallGemm.View;

/**
 * New tokens of one batch row over the row's cache ({@link CacheBlocks}), which is read where it
 * lies if that is the Java heap: from front to end, first the keys and then the values, every block
 * by all heads before the next one. Memory is fastest so.
 */
final class CachedRow {
  private static final int BLOCK = CacheBlocks.TOKENS;

  private final AttentionShape s;
  private final CacheBlocks blocks;
  private final int start;
  private final int fresh;

  /** Tokens of the blocks that are read. */
  private final int stride;

  private final float[] q;
  private final float[] o;

  /** Scores and then weights of up to four queries, {@code [h, m, stride]} for m of them. */
  private final float[] p;

  /** The array with the row's keys and where they begin; so with the values. */
  private final View keys;

  private final View values;

  private CachedRow(AttentionShape s, Place place, int fresh, Tensor[] in, Scratch scratch) {
    this.s = s;
    this.blocks = CacheBlocks.of(s);
    this.start = place.start;
    this.fresh = fresh;
    stride = CacheBlocks.rounded(start + fresh);
    q = scratch.floats(0, fresh * s.queryWidth());
    o = scratch.floats(1, fresh * s.queryWidth());
    p = scratch.floats(2, s.heads() * Math.min(4, fresh) * stride);
    keys = held(in[3].f(), place.from, scratch, 3);
    values = held(in[4].f(), place.from, scratch, 4);
  }

  /**
   * Where a row's cache lies.
   *
   * @param from its first element in the memory, the same for keys and values
   * @param capacity tokens that it holds, whole blocks
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
    CachedRow cached = new CachedRow(s, place, fresh, in, scratch);
    int at = row * fresh * s.queryWidth();
    in[0].f().get(at, cached.q, 0, fresh * s.queryWidth());
    cached.append(in, row, scratch.floats(5, fresh * s.kvWidth()));
    for (int i = 0; i < fresh; i += 4) {
      cached.attend(rows, i);
    }
    out.f().put(at, cached.o, 0, fresh * s.queryWidth());
    cached.giveBack(in[3].f(), place.from, cached.keys);
    cached.giveBack(in[4].f(), place.from, cached.values);
  }

  /** The memory itself, or a copy of the row where it is off the Java heap. */
  private View held(FloatBuffer cache, int from, Scratch scratch, int slot) {
    if (cache.hasArray()) {
      return View.of(cache.array(), cache.arrayOffset() + from, BLOCK);
    }
    float[] copy = scratch.floats(slot, stride * s.kvWidth());
    cache.get(from, copy, 0, stride * s.kvWidth());
    return View.of(copy, 0, BLOCK);
  }

  /** Writes the blocks with new tokens where they were copied from. */
  private void giveBack(FloatBuffer cache, int from, View held) {
    if (!cache.hasArray()) {
      int first = blocks.part(start, 0);
      cache.put(from + first, held.x(), first, stride * s.kvWidth() - first);
    }
  }

  private void append(Tensor[] in, int row, float[] added) {
    int width = s.kvWidth();
    int k = s.headSize();
    in[1].f().get(row * fresh * width, added, 0, fresh * width);
    for (int i = 0; i < fresh; i++) {
      for (int head = 0; head < s.kvHeads(); head++) {
        int from = i * width + head * k;
        int to = keys.at() + blocks.key(start + i, head);
        for (int d = 0; d < k; d++) {
          keys.x()[to + d * BLOCK] = added[from + d];
        }
      }
    }
    in[2].f().get(row * fresh * width, added, 0, fresh * width);
    for (int i = 0; i < fresh; i++) {
      for (int head = 0; head < s.kvHeads(); head++) {
        int to = values.at() + blocks.value(start + i, head);
        System.arraycopy(added, i * width + head * k, values.x(), to, k);
      }
    }
  }

  /** Attention of up to four queries from new token {@code i} on. */
  private void attend(AttentionRows rows, int i) {
    int m = Math.min(4, fresh - i);
    int reach = start + i + m;
    int begin = rows.begin(start + i);
    int end = AttentionRows.columns(reach);
    if (m == 1) {
      scores(i, begin, end);
    } else {
      scores(rows, i, m, begin, end);
    }
    for (int r = 0; r < s.heads() * m; r++) {
      rows.softmax(p, rows.span(r * stride, start + i + r % m, begin, end));
    }
    if (m == 1 && s.headSize() % Lanes.W == 0) {
      mix(i, begin, reach);
    } else {
      mix(rows, i, m, begin, reach);
    }
  }

  private int query(int i, int head) {
    return i * s.queryWidth() + head * s.headSize();
  }

  private int keys(int token, int head) {
    return keys.at() + blocks.part(token, s.kvHead(head));
  }

  private int values(int token, int head) {
    return values.at() + blocks.part(token, s.kvHead(head));
  }

  /** Scores of one query: two blocks at a time. */
  private void scores(int i, int begin, int end) {
    int k = s.headSize();
    int next = BLOCK * s.kvWidth();
    for (int j = begin; j < end; j += 2 * BLOCK) {
      for (int head = 0; head < s.heads(); head++) {
        int from = keys(j, head);
        int to = head * stride + j;
        if (j + BLOCK < end) {
          SmallGemm.row32(q, query(i, head), 1, keys.x(), from, BLOCK, next, p, to, k, false);
        } else {
          SmallGemm.row8(q, query(i, head), 1, keys.x(), from, BLOCK, p, to, k, false);
          SmallGemm.row8(q, query(i, head), 1, keys.x(), from + 8, BLOCK, p, to + 8, k, false);
        }
      }
    }
  }

  private void scores(AttentionRows rows, int i, int m, int begin, int end) {
    for (int j = begin; j < end; j += BLOCK) {
      for (int head = 0; head < s.heads(); head++) {
        View queries = View.of(q, query(i, head), s.queryWidth());
        View turned = View.of(keys.x(), keys(j, head), BLOCK);
        rows.scores(queries, turned, weights(head, m).from(j), m, BLOCK);
      }
    }
  }

  /** What one query mixes of the values by its weights. */
  private void mix(int i, int begin, int reach) {
    int k = s.headSize();
    for (int j = begin; j < reach; j += BLOCK) {
      int n = Math.min(BLOCK, reach - j);
      for (int head = 0; head < s.heads(); head++) {
        int weights = head * stride + j;
        int from = values(j, head);
        int to = query(i, head);
        int d = 0;
        for (; d + 32 <= k; d += 32) {
          SmallGemm.row32(p, weights, 1, values.x(), from + d, k, 16, o, to + d, n, j > begin);
        }
        for (; d < k; d += 8) {
          SmallGemm.row8(p, weights, 1, values.x(), from + d, k, o, to + d, n, j > begin);
        }
      }
    }
  }

  private void mix(AttentionRows rows, int i, int m, int begin, int reach) {
    for (int j = begin; j < reach; j += BLOCK) {
      int[] span = {0, m, 0, Math.min(BLOCK, reach - j)};
      for (int head = 0; head < s.heads(); head++) {
        View ofBlock = View.of(values.x(), values(j, head), s.headSize());
        View mixed = View.of(o, query(i, head), s.queryWidth());
        rows.product(weights(head, m).from(j), ofBlock, mixed, span, j > begin);
      }
    }
  }

  /** The scores or weights of a head for m queries, {@code [m, stride]}. */
  private View weights(int head, int m) {
    return View.of(p, head * m * stride, stride);
  }
}
