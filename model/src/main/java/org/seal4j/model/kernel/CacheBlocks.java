package org.seal4j.model.kernel;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How the key-value cache of a row lies in memory: in blocks of 16 tokens, within them head by
 * head, keys turned, {@code [capacity / 16, kv, k, 16]}, and values not, {@code [capacity / 16, kv,
 * 16, k]}. What a row has cached is one stretch from its beginning on, whatever its capacity, and
 * is read from front to end.
 *
 * @param heads key-value heads kv
 * @param size of a head, k
 */
public record CacheBlocks(int heads, int size) {
  /** Tokens of a block; a capacity is a multiple. */
  public static final int TOKENS = 16;

  /** The blocks of this attention. */
  public static CacheBlocks of(AttentionShape shape) {
    return new CacheBlocks(shape.kvHeads(), shape.headSize());
  }

  /** Tokens of the blocks that hold so many. */
  public static int rounded(int tokens) {
    return (tokens + TOKENS - 1) & -TOKENS;
  }

  /** The sizes of an array of keys, given those outside of a block. */
  public long[] keys(long... outer) {
    return sizes(outer, heads, size, TOKENS);
  }

  /** The sizes of an array of values, given those outside of a block. */
  public long[] values(long... outer) {
    return sizes(outer, heads, TOKENS, size);
  }

  private static long[] sizes(long[] outer, long... inner) {
    return LongStream.concat(Arrays.stream(outer), Arrays.stream(inner)).toArray();
  }

  /** Where a head's part of the block with this token begins, in keys and in values. */
  int part(int token, int head) {
    return ((token & -TOKENS) * heads + head * TOKENS) * size;
  }

  /** Where the first number of a token's key stands; the next ones follow {@link #TOKENS} apart. */
  public int key(int token, int head) {
    return part(token, head) + token % TOKENS;
  }

  /** Where the first number of a token's value stands; the next ones follow at once. */
  public int value(int token, int head) {
    return part(token, head) + token % TOKENS * size;
  }
}
