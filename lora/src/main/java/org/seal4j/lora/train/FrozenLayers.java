package org.seal4j.lora.train;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;

/**
 * The layers below the first adapter: what they give for a sequence is the same in every pass over
 * it, so it is computed once and kept. Each sequence is computed by itself, so that what it gives
 * does not depend on what it stands beside.
 */
final class FrozenLayers implements AutoCloseable {
  /** Sequences are padded to a multiple of this, so that few plans serve all lengths. */
  private static final int MULTIPLE = 32;

  /**
   * Numbers that are kept, 256 MiB; what comes after them is computed each time it is asked for.
   */
  private static final long MOST = 1L << 26;

  private static final String OUTPUT = "below";

  private final Weights weights;
  private final int layers;
  private final Worker worker;
  private final Map<Integer, Bound> plans = new HashMap<>();
  private final IdentityHashMap<TokenSequence, float[]> known = new IdentityHashMap<>();
  private long kept;

  /** A plan for one length. */
  private record Bound(Executable plan, BoundInputs inputs) {}

  /**
   * @param layers how many, from the lowest
   */
  FrozenLayers(Weights weights, int layers, Worker worker) {
    this.weights = weights;
    this.layers = layers;
    this.worker = worker;
  }

  /** Number of layers. */
  int layers() {
    return layers;
  }

  /** Drops what is known: the weights or the sequences are others now. */
  void forget() {
    known.clear();
    kept = 0;
  }

  /**
   * What the last of the layers gives for the tokens of a sequence that a step sees: {@code [t,
   * d]}.
   */
  float[] output(TokenSequence sequence) {
    float[] held = known.get(sequence);
    if (held != null) {
      return held;
    }
    float[] output = compute(sequence);
    if (kept + output.length <= MOST) {
      known.put(sequence, output);
      kept += output.length;
    }
    return output;
  }

  private float[] compute(TokenSequence sequence) {
    int tokens = BatchFiller.inputLength(sequence);
    int time = (tokens + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    Bound bound = plans.computeIfAbsent(time, this::bind);
    bound.inputs.fill(0, time, sequence);
    bound.plan.run();
    float[] output = new float[tokens * weights.config().dim()];
    bound.plan.port(OUTPUT).get(0, output);
    return output;
  }

  private Bound bind(int time) {
    Graph graph = new Graph();
    CausalLm model =
        CausalLm.frozen(
            graph,
            weights,
            CausalLm.baseLinear(graph, weights, name -> false, Products.inCalls(1)));
    LmInputs in = LmInputs.declare(graph, weights.config(), time);
    SDVariable top =
        model.layers(
            0, layers, model.embedding(in), in, CausalLm.fullAttention(graph, weights.config(), 1));
    Executable plan = worker.executable(graph, List.of(graph.name(top, OUTPUT)));
    return new Bound(plan, new BoundInputs(plan));
  }

  @Override
  public void close() {
    plans.values().forEach(bound -> bound.plan.close());
    plans.clear();
    forget();
  }
}
