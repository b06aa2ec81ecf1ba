package org.seal4j.model.generate;

import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.model.AttentionLayer;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.CachedAttention;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;

/**
 * The decoder over a key-value cache as a bound plan: s new tokens on each of b rows. A plan that
 * only reads prompts stops at the last layer's attention, which fills the cache; it has no logits.
 */
final class StepPlan implements AutoCloseable {
  static final String START = "start";

  private final Executable plan;
  private final int fresh;
  private final BoundInputs inputs;
  private final IntBuffer start;
  private final @Nullable HostPort logits;

  private StepPlan(Executable plan, int fresh, @Nullable String output) {
    this.plan = plan;
    this.fresh = fresh;
    inputs = new BoundInputs(plan);
    start = plan.port(START).ints();
    logits = output == null ? null : plan.port(output);
  }

  /** What all plans of one generator are made from. */
  record Parts(Weights weights, LinearBank bank, KvCache cache, Worker worker) {}

  /** A plan that writes the logits of one new token per row. */
  static StepPlan write(Parts parts, StepShape shape) {
    Graph graph = new Graph();
    SDVariable logits = build(graph, parts, shape, Products.rowByRow());
    return new StepPlan(parts.worker().executable(graph, List.of(logits)), 1, logits.name());
  }

  /** A plan that reads a piece of every prompt into the cache. */
  static StepPlan read(Parts parts, StepShape shape) {
    Graph graph = new Graph();
    build(graph, parts, shape, Products.inCalls(shape.calls()));
    // The last op that writes the cache: everything behind it is left out of the plan.
    SDVariable last =
        graph.ops().stream()
            .filter(CachedAttention.class::isInstance)
            .reduce((first, second) -> second)
            .orElseThrow()
            .output();
    return new StepPlan(parts.worker().executable(graph, List.of(last)), shape.fresh(), null);
  }

  private static SDVariable build(Graph graph, Parts parts, StepShape shape, Products products) {
    ModelConfig config = parts.weights().config();
    LmInputs inputs = LmInputs.declare(graph, config, (long) shape.rows() * shape.fresh());
    CausalLm lm = CausalLm.frozen(graph, parts.weights(), parts.bank().linear(graph, products));
    return lm.logits(inputs, attention(graph, config, parts.cache(), shape));
  }

  private static AttentionLayer attention(
      Graph graph, ModelConfig config, KvCache cache, StepShape shape) {
    SDVariable start = graph.placeholder(START, DataType.INT32, shape.rows());
    return (layer, q, k, v) -> {
      AttentionShape heads = config.attention(layer);
      SDVariable keys = cache.keys(graph, layer, shape, heads);
      SDVariable values = cache.values(graph, layer, shape, heads);
      return CachedAttention.of(graph, List.of(q, k, v, keys, values, start), heads)[0];
    };
  }

  /** Says where a row's new tokens stand: {@code at} tokens of the row are cached. */
  void start(int row, int at) {
    start.put(row, at);
  }

  /** Puts a token at place {@code i} of the new tokens of a row that has been started. */
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
