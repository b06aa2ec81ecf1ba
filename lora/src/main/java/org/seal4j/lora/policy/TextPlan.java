package org.seal4j.lora.policy;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.lora.train.LoraShape;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.LmStep;

/**
 * The graph of one text under the policy, bound to memory: the negative log-likelihood of each
 * written token, and with an objective its loss and the gradients of the adapter.
 */
final class TextPlan implements AutoCloseable {
  private static final String NLL = "token_nll";
  private static final String BARS = "bars";

  /** Added to a logit it leaves no probability, and stays finite in stock ops. */
  private static final float BARRED = -1e30f;

  private final Executable plan;
  private final int time;
  private final int vocabulary;
  private final BoundInputs inputs;
  private final IntBuffer targets;
  private final IntBuffer lossRows;
  private final FloatBuffer counted;
  private final List<HostPort> gradients = new ArrayList<>();

  /**
   * @param bank the adapter in place 0
   * @param form of one text
   * @param objective null for the likelihoods alone
   */
  TextPlan(
      Weights weights,
      AdapterBank bank,
      TextPlans.Form form,
      @Nullable PolicyObjective objective,
      Worker worker) {
    Graph graph = new Graph();
    LoraShape shape = form.shape();
    LoraLinear linear = new LoraLinear(graph, weights, bank.config(), bank.prefix(1), 1, true);
    SDVariable logits = LoraGraph.logits(graph, weights, linear, 1, shape);
    int rows = shape.lossRows();
    vocabulary = weights.config().vocabSize();
    if (form.restricted()) {
      SDVariable bars = graph.placeholder(BARS, DataType.FLOAT, rows, vocabulary);
      logits = Add.of(graph, logits, bars);
    }
    SDVariable ids = graph.placeholder(LmStep.TARGETS, DataType.INT32, rows);
    SDVariable ones = graph.placeholder(LmStep.LOSS_WEIGHTS, DataType.FLOAT, rows);
    SDVariable nll = graph.name(CrossEntropy.ofRows(graph, List.of(logits, ids, ones)), NLL);
    List<SDVariable> outputs = new ArrayList<>(List.of(nll));
    List<SDVariable> sides = new ArrayList<>();
    if (objective != null) {
      SDVariable loss = graph.name(objective.loss(graph, nll), LmStep.LOSS);
      outputs.add(loss);
      sides.addAll(Backprop.gradients(graph, loss, linear.variables()).values());
      outputs.addAll(sides);
    }
    plan = worker.executable(graph, outputs);
    sides.forEach(side -> gradients.add(plan.port(side.name())));
    time = shape.batch().time();
    inputs = new BoundInputs(plan);
    targets = plan.port(LmStep.TARGETS).ints();
    lossRows = plan.port(LoraGraph.LOSS_ROWS).ints();
    counted = plan.port(LmStep.LOSS_WEIGHTS).floats();
  }

  /** Writes a text that fits the shape, and runs. */
  void run(WrittenText written, Map<String, float[]> more) {
    TokenSequence text = written.tokens();
    inputs.fill(0, time, text);
    int at = 0;
    for (int i = 1; i < text.length(); i++) {
      if (text.weights()[i] != 0) {
        write(at++, i - 1, text.ids()[i], 1f);
      }
    }
    while (at < counted.capacity()) {
      write(at++, 0, 0, 0f);
    }
    if (written.isRestricted()) {
      bar(written.allowed());
    }
    more.forEach((name, values) -> write(plan.port(name).floats(), values));
    plan.run();
  }

  /** What was not allowed has no probability; rows without a token are free. */
  private void bar(List<BitSet> allowed) {
    FloatBuffer bars = plan.port(BARS).floats();
    float[] row = new float[vocabulary];
    for (int at = 0; at < bars.capacity() / vocabulary; at++) {
      for (int id = 0; id < vocabulary; id++) {
        row[id] = at >= allowed.size() || allowed.get(at).get(id) ? 0 : BARRED;
      }
      bars.put(at * vocabulary, row);
    }
  }

  private void write(int at, int row, int target, float weight) {
    lossRows.put(at, row);
    targets.put(at, target);
    counted.put(at, weight);
  }

  private static void write(FloatBuffer into, float[] values) {
    into.put(0, Arrays.copyOf(values, into.capacity()));
  }

  /** The negative log-likelihood of so many written tokens in the last run. */
  float[] nll(int rows) {
    float[] nll = new float[rows];
    plan.port(NLL).get(0, nll);
    return nll;
  }

  /** The loss of the last run. */
  double loss() {
    return plan.port(LmStep.LOSS).number(0);
  }

  /** The gradients of the last run, in the bank's order: A and B of each module. */
  List<Tensor> gradients() {
    return gradients.stream().map(HostPort::get).toList();
  }

  @Override
  public void close() {
    plan.close();
  }
}
