package org.seal4j.model.generate;

import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.model.AttentionLayer;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.RegionAttention;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;

/**
 * The decoder over the regions of a {@link RowMemory} as a bound plan: one new token on each of b
 * rows, or a chunk of one prompt. A plan that reads stops at the last layer's attention, which
 * fills the memory; it has no logits.
 */
final class RowPlan implements AutoCloseable {
  private static final String START = "start";
  private static final String OFFSET = "offset";
  private static final String CAPACITY = "capacity";
  private static final String ADAPTER = "adapter";

  private final Executable plan;
  private final int fresh;
  private final BoundInputs inputs;
  private final IntBuffer start;
  private final IntBuffer offset;
  private final IntBuffer capacity;
  private final @Nullable IntBuffer adapter;
  private final @Nullable HostPort logits;

  private RowPlan(Executable plan, int fresh, @Nullable String output) {
    this.plan = plan;
    this.fresh = fresh;
    inputs = new BoundInputs(plan);
    start = plan.port(START).ints();
    offset = plan.port(OFFSET).ints();
    capacity = plan.port(CAPACITY).ints();
    // A graph without adapters has no use for their names.
    adapter = plan.has(ADAPTER) ? plan.port(ADAPTER).ints() : null;
    logits = output == null ? null : plan.port(output);
  }

  /** What all plans of one batch are made from. */
  record Parts(Weights weights, RowBank bank, RowMemory memory, Worker worker) {}

  /**
   * What a plan is for.
   *
   * @param rows of a plan that writes; 0 for one that reads
   * @param kind version of the bank's graphs that write, or form of the adapter that reads
   */
  record Shape(int rows, int kind) {
    static Shape write(RowBank bank, int rows) {
      return new Shape(rows, bank.writingVersion());
    }

    static Shape read(RowBank bank, int adapter) {
      return new Shape(0, bank.readingForm(adapter));
    }

    /** Whether the bank has given it up. */
    boolean isStale(RowBank bank) {
      return rows > 0 ? kind != bank.writingVersion() : !bank.hasForm(kind);
    }
  }

  /** A plan that writes the logits of one new token per row. */
  static RowPlan write(Parts parts, int rows) {
    Graph graph = new Graph();
    SDVariable adapter = graph.placeholder(ADAPTER, DataType.INT32, rows);
    SDVariable logits = build(graph, parts, rows, 1, parts.bank().writing(graph, adapter));
    return new RowPlan(parts.worker().executable(graph, List.of(logits)), 1, logits.name());
  }

  /** A plan that reads a chunk of one prompt into the memory. */
  static RowPlan read(Parts parts, int chunk, int form) {
    Graph graph = new Graph();
    build(graph, parts, 1, chunk, parts.bank().reading(graph, form));
    SDVariable last =
        graph.ops().stream()
            .filter(RegionAttention.class::isInstance)
            .reduce((first, second) -> second)
            .orElseThrow()
            .output();
    return new RowPlan(parts.worker().executable(graph, List.of(last)), chunk, null);
  }

  private static SDVariable build(
      Graph graph, Parts parts, int rows, int fresh, LinearLayer linear) {
    ModelConfig config = parts.weights().config();
    LmInputs inputs = LmInputs.declare(graph, config, (long) rows * fresh);
    CausalLm lm = CausalLm.frozen(graph, parts.weights(), linear);
    return lm.logits(inputs, attention(graph, config, parts.memory(), rows));
  }

  private static AttentionLayer attention(
      Graph graph, ModelConfig config, RowMemory memory, int rows) {
    SDVariable start = graph.placeholder(START, DataType.INT32, rows);
    SDVariable offset = graph.placeholder(OFFSET, DataType.INT32, rows);
    SDVariable capacity = graph.placeholder(CAPACITY, DataType.INT32, rows);
    return (layer, q, k, v) -> {
      SDVariable keys = memory.keys(graph, layer);
      SDVariable values = memory.values(graph, layer);
      return RegionAttention.of(
          graph, List.of(q, k, v, keys, values, start, offset, capacity), config.attention(layer))[
          0];
    };
  }

  /**
   * Says whose a row is.
   *
   * @param region where it is cached
   * @param at tokens of it that are cached
   * @param place of its adapter, or {@link RowBank#NONE}
   */
  void row(int row, RowMemory.Region region, int at, int place) {
    start.put(row, at);
    offset.put(row, region.offset());
    capacity.put(row, region.capacity());
    if (adapter != null) {
      adapter.put(row, place);
    }
  }

  /** Puts a token at place {@code i} of the new tokens of a row that was named. */
  void token(int row, int i, int id, int pairPosition) {
    inputs.put(row * fresh + i, id, start.get(row) + i, pairPosition);
  }

  void run() {
    plan.run();
  }

  /** Reads the logits of a row after a run, {@code [v]}. */
  void logits(int row, float[] into) {
    if (logits == null) {
      throw new IllegalStateException("a plan that reads prompts has no logits");
    }
    logits.get(row * into.length, into);
  }

  @Override
  public void close() {
    plan.close();
  }
}
