package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.kernel.CacheBlocks;
import org.seal4j.model.plan.Engine;

/**
 * The keys and values of all layers for a batch. One flat array per layer and side, seen as {@code
 * [rows, capacity / 16, kv, k, 16]} (keys, turned once as they enter) or {@code [rows, capacity /
 * 16, kv, 16, k]} (values; {@link CacheBlocks}) for any number of rows and capacity that fit: a
 * smaller batch is a prefix of the memory of a larger one. Generators that work one after another
 * on one thread may share one.
 */
public final class KvCache implements AutoCloseable {
  private static final int SMALLEST = 64;

  private final int layers;
  private final int width;
  private final Engine engine;

  /** Keys of layer l at 2 l, values at 2 l + 1. */
  private final List<CacheSide> flat = new ArrayList<>();

  private long tokens;
  private long moves;

  /** Memory for models of these sizes; it grows with the largest batch. */
  public KvCache(ModelConfig config) {
    this(config, Engine.KERNELS);
  }

  /** The same for generators whose workers have this engine. */
  public KvCache(ModelConfig config, Engine engine) {
    this.engine = engine;
    layers = config.layers();
    width = config.attention().kvWidth();
  }

  /** Refuses a model of other sizes and an engine other than those that this was made for. */
  void requireFits(ModelConfig config, Engine worker) {
    Checks.require(
        engine == worker,
        "the key-value cache was made for the engine %s but the worker's is %s; give both the same",
        engine,
        worker);
    Checks.require(
        layers == config.layers() && width == config.attention().kvWidth(),
        "the key-value cache was made for %d layers of width %d but the model has %d of width %d",
        layers,
        width,
        config.layers(),
        config.attention().kvWidth());
  }

  /** The capacity for rows of so many tokens: a power of two, so that few plans are needed. */
  static int capacity(long longest) {
    Checks.require(
        longest <= 1 << 30,
        "a prompt and its answer may have %d tokens together, but %d is the most",
        longest,
        1 << 30);
    int power = Integer.highestOneBit((int) longest);
    return Math.max(SMALLEST, power == longest ? power : 2 * power);
  }

  /**
   * Makes room.
   *
   * @return how often the memory has moved so far: plans that were bound at another count must go
   */
  long reserve(int rows, int capacity) {
    long wanted = (long) rows * capacity;
    if (wanted <= tokens) {
      return moves;
    }
    Checks.require(
        wanted * width * Float.BYTES <= Integer.MAX_VALUE,
        "a key-value cache of %d rows of %d tokens takes %d bytes per layer and side, but %d is the"
            + " most; lower generator.maxRows or stop.maxNewTokens",
        rows,
        capacity,
        wanted * width * Float.BYTES,
        Integer.MAX_VALUE);
    close();
    for (int i = 0; i < 2 * layers; i++) {
      flat.add(CacheSide.of(engine, Math.toIntExact(wanted * width)));
    }
    tokens = wanted;
    return ++moves;
  }

  /** Keys of layer l at 2 l, values at 2 l + 1. */
  CacheSide side(int index) {
    return flat.get(index);
  }

  /** Declares the keys of a layer in a graph, {@code [rows, capacity / 16, kv, k, 16]}. */
  SDVariable keys(Graph graph, int layer, StepShape shape, AttentionShape heads) {
    int blocks = shape.capacity() / CacheBlocks.TOKENS;
    long[] sizes = CacheBlocks.of(heads).keys(shape.rows(), blocks);
    return side(2 * layer).declare(graph, "cache." + layer + ".keys", sizes);
  }

  /** Declares the values of a layer in a graph, {@code [rows, capacity / 16, kv, 16, k]}. */
  SDVariable values(Graph graph, int layer, StepShape shape, AttentionShape heads) {
    int blocks = shape.capacity() / CacheBlocks.TOKENS;
    long[] sizes = CacheBlocks.of(heads).values(shape.rows(), blocks);
    return side(2 * layer + 1).declare(graph, "cache." + layer + ".values", sizes);
  }

  /** Copies the first {@code length} tokens of one row over those of another. */
  void move(int from, int to, int capacity, int length) {
    if (from == to) {
      return;
    }
    int row = capacity * width;
    flat.forEach(side -> side.copy(from * row, to * row, CacheBlocks.rounded(length) * width));
  }

  @Override
  public void close() {
    flat.forEach(CacheSide::close);
    flat.clear();
    tokens = 0;
  }
}
