package org.seal4j.model.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Attention of new tokens over a key-value cache: the same arithmetic as {@link AttentionKernels},
 * so that incremental decoding gives what a full forward pass gives.
 *
 * <p>In q {@code [b * s, h * k]}, new keys and values {@code [b * s, kv * k]}, cached keys {@code
 * [b, n, kv, k, 16]} and values {@code [b, n, kv, 16, k]} in blocks of 16 tokens ({@link
 * CacheBlocks}; both are written at tokens {@code start .. start + s - 1}), start {@code [b]}
 * int32; out o {@code [b * s, h * k]}. Tokens past the capacity, 16 n, are refused.
 *
 * <p>Or with one memory for the caches of all rows, wherever in it they lie.
 */
public final class CachedAttentionKernel {
  private CachedAttentionKernel() {}

  /** Over the caches of all rows side by side. */
  public static Kernel of(AttentionShape s) {
    AttentionRows rows = new AttentionRows(s);
    return (in, out, scratch) -> {
      int batch = in[5].length();
      int capacity = in[3].length() / s.kvWidth() / batch;
      for (int b = 0; b < batch; b++) {
        int from = b * s.kvWidth() * capacity;
        CachedRow.Place place = new CachedRow.Place(from, capacity, in[5].i().get(b));
        CachedRow.attend(rows, in, present(out[0]), b, place, scratch);
      }
    };
  }

  /**
   * The same over one memory of keys, {@code [n, kv, k, 16]}, and one of values, {@code [n, kv, 16,
   * k]}: the row's cache holds {@code capacity[b]} tokens and lies {@code offset[b]} tokens behind
   * the beginning, whole blocks both. Inputs behind start: offset and capacity, {@code [b]} int32.
   */
  public static Kernel inRegions(AttentionShape s) {
    AttentionRows rows = new AttentionRows(s);
    return (in, out, scratch) -> {
      int tokens = in[3].length() / s.kvWidth();
      for (int b = 0; b < in[5].length(); b++) {
        int offset = in[6].i().get(b);
        int capacity = in[7].i().get(b);
        boolean whole = CacheBlocks.rounded(offset | capacity) == (offset | capacity);
        if (!whole || offset < 0 || capacity < 0 || offset > tokens - capacity) {
          throw new IllegalStateException(
              "row %d has the tokens from %d on, %d of them, of a memory of %d in blocks of %d"
                  .formatted(b, offset, capacity, tokens, CacheBlocks.TOKENS));
        }
        CachedRow.Place place =
            new CachedRow.Place(offset * s.kvWidth(), capacity, in[5].i().get(b));
        CachedRow.attend(rows, in, present(out[0]), b, place, scratch);
      }
    };
  }

  private static Tensor present(@Nullable Tensor out) {
    if (out == null) {
      throw new IllegalStateException("nobody reads the result of an attention");
    }
    return out;
  }
}
