package org.seal4j.model.generate;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;

/**
 * The keys and values of all layers for a batch. One flat array per layer and side, seen as {@code
 * [rows, kv * k, capacity]} (keys, turned once as they enter) or {@code [rows, capacity, kv * k]}
 * (values) for any number of rows and capacity that fit: a smaller batch is a prefix of the memory
 * of a larger one. Generators that work one after another on one thread may share one.
 */
public final class KvCache implements AutoCloseable {
  private static final int SMALLEST = 64;

  private final int layers;
  private final int width;

  /** Keys of layer l at 2 l, values at 2 l + 1. */
  private final List<float[]> flat = new ArrayList<>();

  private long tokens;
  private long moves;

  /** Memory for models of these sizes; it grows with the largest batch. */
  public KvCache(ModelConfig config) {
    layers = config.layers();
    width = config.attention().kvWidth();
  }

  /** Refuses a model of other sizes than those that this was made for. */
  void requireFits(ModelConfig config) {
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
      flat.add(new float[Math.toIntExact(wanted * width)]);
    }
    tokens = wanted;
    return ++moves;
  }

  /** The keys of a layer, {@code [rows, kv * k, capacity]} from the first element on. */
  FloatBuffer keys(int layer) {
    return FloatBuffer.wrap(flat.get(2 * layer));
  }

  /** The values of a layer, {@code [rows, capacity, kv * k]} from the first element on. */
  FloatBuffer values(int layer) {
    return FloatBuffer.wrap(flat.get(2 * layer + 1));
  }

  /** Width of a key or value: {@code kv * k}. */
  int width() {
    return width;
  }

  /** Copies the first {@code length} tokens of one row over those of another. */
  void move(int from, int to, int capacity, int length) {
    if (from == to) {
      return;
    }
    int row = capacity * width;
    for (int layer = 0; layer < layers; layer++) {
      for (int d = 0; d < width; d++) {
        copy(flat.get(2 * layer), from * row + d * capacity, to * row + d * capacity, length);
      }
      copy(flat.get(2 * layer + 1), from * row, to * row, length * width);
    }
  }

  private static void copy(float[] side, int from, int to, int count) {
    System.arraycopy(side, from, side, to, count);
  }

  @Override
  public void close() {
    flat.clear();
    tokens = 0;
  }
}
