package org.seal4j.model.kernel;

/**
 * The sizes of grouped-query attention.
 *
 * @param heads query heads h
 * @param kvHeads key and value heads; divides heads
 * @param headSize k
 */
public record AttentionShape(int heads, int kvHeads, int headSize) {
  public AttentionShape {
    if (kvHeads < 1 || heads % kvHeads != 0 || heads < kvHeads) {
      throw new IllegalArgumentException(
          "heads must be a multiple of kvHeads but they are " + heads + " and " + kvHeads);
    }
    if (headSize < 1) {
      throw new IllegalArgumentException("headSize must be >= 1 but was " + headSize);
    }
  }

  /** Width of a query row: {@code heads * headSize}. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Width of a key or value row: {@code kvHeads * headSize}. */
  public int kvWidth() {
    return kvHeads * headSize;
  }

  /** The key-value head that query head {@code head} reads. */
  int kvHead(int head) {
    return head / (heads / kvHeads);
  }

  /** 1 / sqrt(headSize). */
  public float scale() {
    return (float) (1.0 / Math.sqrt(headSize));
  }
}
