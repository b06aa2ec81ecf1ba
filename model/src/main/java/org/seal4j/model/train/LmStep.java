package org.seal4j.model.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Nearest;
import org.seal4j.model.CausalLm;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;

/**
 * One training step of the whole model as a graph: forward, weighted loss and the gradient of every
 * trainable weight, for batches of one fixed shape {@code [b, t]}.
 */
public final class LmStep implements AutoCloseable {
  public static final String TARGETS = "targets";
  public static final String LOSS_WEIGHTS = "loss_weights";
  public static final String LOSS = "loss";

  private final Graph graph;
  private final Executable plan;
  private final Map<String, String> gradientNames;
  private final BatchFiller filler;

  private LmStep(
      Graph graph, Executable plan, Map<String, String> gradientNames, BatchShape shape) {
    this.graph = graph;
    this.plan = plan;
    this.gradientNames = gradientNames;
    this.filler = new BatchFiller(plan, shape);
  }

  /** Builds the graph and binds it. */
  public static LmStep of(
      Weights weights, Predicate<String> trainable, BatchShape shape, Worker worker) {
    Graph graph = new Graph();
    SDVariable logits = CausalLm.of(graph, weights, trainable).logits(shape.batch(), shape.time());
    SDVariable loss = loss(graph, logits, 1);
    List<SDVariable> wanted = new ArrayList<>();
    for (String name : graph.parameters().keySet()) {
      if (trainable.test(name)) {
        wanted.add(graph.variable(name));
      }
    }
    Map<String, SDVariable> gradients = Backprop.gradients(graph, loss, wanted);
    List<SDVariable> outputs = new ArrayList<>(gradients.values());
    outputs.add(loss);
    Map<String, String> names = new LinkedHashMap<>();
    gradients.forEach((name, gradient) -> names.put(name, gradient.name()));
    return new LmStep(graph, worker.executable(graph, outputs), names, shape);
  }

  /** The weighted loss of each of so many equal groups of rows, and the placeholders it reads. */
  public static SDVariable loss(Graph graph, SDVariable logits, int groups) {
    long rows = graph.shape(logits)[0];
    SDVariable targets = graph.placeholder(TARGETS, DataType.INT32, rows);
    SDVariable lossWeights = graph.placeholder(LOSS_WEIGHTS, DataType.FLOAT, rows);
    SDVariable[] ce = CrossEntropy.of(graph, List.of(logits, targets, lossWeights), groups);
    return graph.name(ce[0], LOSS);
  }

  /** The graph, for listing. */
  public Graph graph() {
    return graph;
  }

  /**
   * The bound plan: fill {@code ids, positions, pair_positions, targets, loss_weights}, then run.
   */
  public Executable plan() {
    return plan;
  }

  /** Writes batches into the plan. */
  public BatchFiller filler() {
    return filler;
  }

  /** Gradient array of a trainable weight, valid after a run. */
  public INDArray gradient(String weight) {
    return plan.array(Nearest.get(gradientNames, weight, "the step has no gradient of"));
  }

  /** The same on the Java side, fetched now. */
  public Tensor fetched(String weight) {
    return plan.port(Nearest.get(gradientNames, weight, "the step has no gradient of")).get();
  }

  /** Names of the trainable weights, in the order of the forward pass. */
  public List<String> trainable() {
    return List.copyOf(gradientNames.keySet());
  }

  /** Sum of weighted negative log-likelihoods of the last run. */
  public double loss() {
    return plan.port(LOSS).number(0);
  }

  @Override
  public void close() {
    plan.close();
  }
}
