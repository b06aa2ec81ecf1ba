package org.seal4j.model.kernel;

/**
 * The sizes and the form of grouped-query attention.
 *
 * @param heads query heads h
 * @param kvHeads key and value heads; divides heads
 * @param headSize k
 * @param scale factor of scores
 * @param cap c in {@code c tanh(score / c)}, which bounds scaled scores; 0 for none
 * @param window tokens that a query sees, itself and those before it; 0 for all
 */
public record AttentionShape(
    int heads, int kvHeads, int headSize, float scale, float cap, int window) {
  public AttentionShape {
    if (kvHeads < 1 || heads % kvHeads != 0 || heads < kvHeads) {
      throw new IllegalArgumentException(
          "heads must be a multiple of kvHeads but they are " + heads + " and " + kvHeads);
    }
    if (headSize < 1) {
      throw new IllegalArgumentException("headSize must be >= 1 but was " + headSize);
    }
    if (!(scale > 0 && cap >= 0 && window >= 0)) {
      throw new IllegalArgumentException(
          "the scale of scores must be > 0, their cap and the window >= 0, but they are %s, %s and %d"
              .formatted(scale, cap, window));
    }
  }

  /** Scores times 1 / sqrt(headSize), without cap, over all tokens before. */
  public AttentionShape(int heads, int kvHeads, int headSize) {
    this(heads, kvHeads, headSize, (float) (1.0 / Math.sqrt(headSize)), 0, 0);
  }

  /** The same sizes with another divisor of scores, a cap and a window. */
  public AttentionShape with(double scalar, double cap, int window) {
    float scale = (float) (1.0 / Math.sqrt(scalar));
    return new AttentionShape(heads, kvHeads, headSize, scale, (float) cap, window);
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

  /** The first key that a query sees. */
  int first(int query) {
    return window == 0 ? 0 : Math.max(0, query - window + 1);
  }

  /** The query behind the last one of {@code length} that sees a key. */
  int behind(int key, int length) {
    return window == 0 ? length : (int) Math.min(length, (long) key + window);
  }
}
