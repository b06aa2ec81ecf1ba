package org.seal4j.model.generate;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.batch.TokenBatch;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;

/** One full forward pass over batches of one shape {@code [b, t]} as a bound plan. */
final class ScorePlan implements AutoCloseable {
  private final Executable plan;
  private final BoundInputs inputs;
  private final HostPort logits;

  private ScorePlan(Executable plan, String output) {
    this.plan = plan;
    this.inputs = new BoundInputs(plan);
    this.logits = plan.port(output);
  }

  /** Sizes of a batch: b sequences of t tokens, padding included. */
  record Shape(int rows, int time) {}

  /** Binds the pass; every sequence is one call of the matrix products. */
  static ScorePlan of(Weights weights, LinearBank bank, Shape shape, Worker worker) {
    Graph graph = new Graph();
    CausalLm lm =
        CausalLm.frozen(graph, weights, bank.linear(graph, Products.inCalls(shape.rows())));
    SDVariable logits = lm.logits(shape.rows(), shape.time());
    return new ScorePlan(worker.executable(graph, List.of(logits)), logits.name());
  }

  /** Runs the pass over a batch of this shape. */
  void run(TokenBatch batch) {
    int time = batch.time();
    for (int r = 0; r < batch.rows(); r++) {
      for (int i = 0; i < time; i++) {
        inputs.put(r * time + i, batch.ids()[r][i], i, batch.positions()[r][i]);
      }
    }
    plan.run();
  }

  /** Reads the logits behind token {@code row} of all {@code b * t}, {@code [v]}. */
  void logits(int row, float[] into) {
    logits.get(row * into.length, into);
  }

  @Override
  public void close() {
    plan.close();
  }
}
