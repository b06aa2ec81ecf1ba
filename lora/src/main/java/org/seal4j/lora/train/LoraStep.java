package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * One step of m adapters as a graph: forward over the frozen base, one loss per adapter, and the
 * gradients of A and B. Rows are {@code [m, b, t]}; no gradient of the base is built.
 */
final class LoraStep implements AutoCloseable {
  private final Graph graph;
  private final Plan plan;
  private final BatchFiller filler;
  private final List<INDArray> parameters = new ArrayList<>();
  private final List<INDArray> gradients = new ArrayList<>();
  private final int adapters;

  LoraStep(Weights weights, AdapterBank bank, int adapters, BatchShape perAdapter, Worker worker) {
    this.adapters = adapters;
    graph = new Graph();
    BatchShape shape = new BatchShape(adapters * perAdapter.batch(), perAdapter.time());
    LmInputs inputs = LmInputs.declare(graph, weights.config(), shape.rows());
    LoraLinear linear =
        new LoraLinear(graph, weights, bank.config(), bank.prefix(adapters), adapters, true);
    SDVariable logits =
        CausalLm.frozen(graph, weights, linear)
            .logits(inputs, CausalLm.fullAttention(graph, weights.config(), shape.batch()));
    SDVariable targets = graph.placeholder(LmStep.TARGETS, DataType.INT32, shape.rows());
    SDVariable lossWeights = graph.placeholder(LmStep.LOSS_WEIGHTS, DataType.FLOAT, shape.rows());
    SDVariable[] ce = CrossEntropy.of(graph, List.of(logits, targets, lossWeights), adapters);
    SDVariable loss = graph.name(ce[0], LmStep.LOSS);
    Map<String, SDVariable> wanted = Backprop.gradients(graph, loss, linear.variables());
    List<SDVariable> outputs = new ArrayList<>(wanted.values());
    outputs.add(loss);
    plan = Plan.of(graph, outputs, worker);
    wanted.forEach(
        (name, gradient) -> {
          parameters.add(plan.array(name));
          gradients.add(plan.array(gradient.name()));
        });
    filler = new BatchFiller(plan, shape);
  }

  Graph graph() {
    return graph;
  }

  BatchFiller filler() {
    return filler;
  }

  int adapters() {
    return adapters;
  }

  /** A and B of every module for all adapters of the step, in order. */
  List<INDArray> parameters() {
    return parameters;
  }

  /** The gradients of {@link #parameters()} after a run. */
  List<INDArray> gradients() {
    return gradients;
  }

  void run() {
    plan.run();
  }

  /** Loss of one adapter in the last run. */
  double loss(int adapter) {
    return plan.array(LmStep.LOSS).getDouble(adapter);
  }

  @Override
  public void close() {
    plan.close();
  }
}
