package org.seal4j.model.generate;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.CacheBlocks;

/**
 * The keys and values of rows that come and go: one array per layer and side on the Java heap, of
 * which every row has a region of its own size ({@link org.seal4j.model.graph.RegionAttention}). A
 * row is never moved.
 */
final class RowMemory {
  /** Regions are whole multiples of so many tokens, which are whole blocks of the cache. */
  private static final int STEP = 64;

  private final int layers;
  private final CacheBlocks blocks;
  private final int width;
  private final int tokens;

  /** Keys of layer l at 2 l, values at 2 l + 1. */
  private final List<float[]> sides = new ArrayList<>();

  /** The regions in use by where they begin. */
  private final TreeMap<Integer, Region> used = new TreeMap<>();

  /** Where rows without an answer write. */
  private final Region idle;

  /**
   * Part of the memory.
   *
   * @param offset tokens before it
   * @param capacity tokens that it holds
   */
  record Region(int offset, int capacity) {}

  /**
   * Memory for so many tokens of all rows together.
   *
   * @param tokens rounded down to whole steps
   */
  RowMemory(ModelConfig config, int tokens) {
    layers = config.layers();
    blocks = CacheBlocks.of(config.attention());
    width = config.attention().kvWidth();
    this.tokens = tokens / STEP * STEP;
    Checks.require(
        this.tokens >= STEP, "the cache must hold %d tokens at least but got %d", STEP, tokens);
    long side = (long) (this.tokens + STEP) * width;
    Checks.require(
        side <= Integer.MAX_VALUE,
        "a cache of %d tokens takes %d numbers per layer and side, but %d is the most; take fewer",
        tokens,
        side,
        Integer.MAX_VALUE);
    new MemoryNeed(bytes(config, tokens)).requireHeap("a cache of %,d tokens".formatted(tokens));
    for (int i = 0; i < 2 * layers; i++) {
      sides.add(new float[Math.toIntExact(side)]);
    }
    idle = new Region(this.tokens, STEP);
  }

  /** What it takes on the Java heap for so many tokens. */
  static double bytes(ModelConfig config, int tokens) {
    double each = 2.0 * config.layers() * config.attention().kvWidth() * Float.BYTES;
    return each * (tokens / STEP * STEP + STEP);
  }

  /** Tokens that it holds. */
  int tokens() {
    return tokens;
  }

  /** Where rows without an answer write. */
  Region idle() {
    return idle;
  }

  /** The size of a region for so many tokens. */
  static long rounded(long length) {
    return (length + STEP - 1) / STEP * STEP;
  }

  /** Whether there is a free stretch for so many tokens. */
  boolean hasRoom(int length) {
    return gap(rounded(length)) >= 0;
  }

  /** Takes the first free stretch that holds so many tokens; null where there is none. */
  @Nullable Region take(int length) {
    long size = rounded(length);
    int at = gap(size);
    if (at < 0) {
      return null;
    }
    Region region = new Region(at, Math.toIntExact(size));
    used.put(at, region);
    return region;
  }

  private int gap(long size) {
    int at = 0;
    for (Map.Entry<Integer, Region> next : used.entrySet()) {
      if (next.getKey() - at >= size) {
        return at;
      }
      at = next.getKey() + next.getValue().capacity();
    }
    return tokens - at >= size ? at : -1;
  }

  /** Gives a region back. */
  void free(Region region) {
    used.remove(region.offset(), region);
  }

  /** Declares the keys of a layer in a graph, {@code [n, kv, k, 16]}. */
  SDVariable keys(Graph graph, int layer) {
    return declare(graph, "cache." + layer + ".keys", 2 * layer, blocks.keys(count()));
  }

  /** Declares the values of a layer in a graph, {@code [n, kv, 16, k]}. */
  SDVariable values(Graph graph, int layer) {
    return declare(graph, "cache." + layer + ".values", 2 * layer + 1, blocks.values(count()));
  }

  private int count() {
    return (tokens + STEP) / CacheBlocks.TOKENS;
  }

  private SDVariable declare(Graph graph, String name, int side, long... sizes) {
    return graph.heapParameter(name, FloatBuffer.wrap(sides.get(side)), sizes);
  }

  /** Number of floats that a copy of so many tokens has. */
  long copied(int length) {
    return 2L * layers * width * length;
  }

  /** A copy of some tokens of a region, {@code [layers, length, kv, 2, k]}. */
  float[] copy(Region region, int from, int length) {
    float[] copy = new float[Math.toIntExact(copied(length))];
    int k = blocks.size();
    int to = 0;
    for (int layer = 0; layer < layers; layer++) {
      float[] keys = sides.get(2 * layer);
      float[] values = sides.get(2 * layer + 1);
      for (int i = 0; i < length * blocks.heads(); i++, to += 2 * k) {
        int token = region.offset() + from + i / blocks.heads();
        int key = blocks.key(token, i % blocks.heads());
        for (int d = 0; d < k; d++) {
          copy[to + d] = keys[key + d * CacheBlocks.TOKENS];
        }
        System.arraycopy(values, blocks.value(token, i % blocks.heads()), copy, to + k, k);
      }
    }
    return copy;
  }

  /** Puts a copy of tokens into a region, from its token {@code at} on. */
  void put(Region region, int at, float[] copy) {
    int length = Math.toIntExact(copy.length / copied(1));
    int k = blocks.size();
    int from = 0;
    for (int layer = 0; layer < layers; layer++) {
      float[] keys = sides.get(2 * layer);
      float[] values = sides.get(2 * layer + 1);
      for (int i = 0; i < length * blocks.heads(); i++, from += 2 * k) {
        int token = region.offset() + at + i / blocks.heads();
        int key = blocks.key(token, i % blocks.heads());
        for (int d = 0; d < k; d++) {
          keys[key + d * CacheBlocks.TOKENS] = copy[from + d];
        }
        System.arraycopy(copy, from + k, values, blocks.value(token, i % blocks.heads()), k);
      }
    }
  }
}
