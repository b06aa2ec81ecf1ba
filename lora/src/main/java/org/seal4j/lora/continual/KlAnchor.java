package org.seal4j.lora.continual;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.SoftCrossEntropy;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/**
 * Holds an adapted model near a teacher on anchor texts: each step adds {@code weight} times the
 * mean over a batch's weighted tokens of KL(teacher, model), with its gradient from a graph of its
 * own (learning without forgetting, Li and Hoiem 2016; the distance that RL's Razor, arXiv
 * 2509.04259, finds forgetting to follow).
 */
public final class KlAnchor implements AutoCloseable {
  private static final String TARGETS = "anchor_targets";
  private static final String WEIGHTS = "anchor_weights";

  private final TeacherDistributions teacher;
  private final double weight;
  private final BatchShape shape;
  private final Executable plan;
  private final String loss;
  private final List<HostPort> gradients = new ArrayList<>();
  private final BoundInputs inputs;
  private final FloatBuffer targets;
  private final FloatBuffer weights;
  private final Worker worker;

  /**
   * @param base the weights under the adapter, read anew in every step
   * @param bank the adapter in place 0
   * @param weight factor on the mean divergence, above 0
   * @param batch anchor texts per step, at most as many as the teacher has
   */
  public KlAnchor(
      Weights base,
      AdapterBank bank,
      TeacherDistributions teacher,
      double weight,
      int batch,
      Worker worker) {
    Checks.require(weight > 0, "the weight of a KL anchor must be > 0 but was %s", weight);
    Checks.require(
        batch >= 1 && batch <= teacher.size(),
        "a KL anchor's batch must be in 1 to %d, the number of anchor texts, but was %d",
        teacher.size(),
        batch);
    this.teacher = teacher;
    this.weight = weight;
    this.worker = worker;
    shape = new BatchShape(batch, teacher.time());
    Graph graph = new Graph();
    int rows = shape.rows();
    LoraLinear linear = new LoraLinear(graph, base, bank.config(), bank.prefix(1), 1, true);
    SDVariable logits = CausalLm.frozen(graph, base, linear).logits(batch, shape.time());
    SDVariable p = graph.placeholder(TARGETS, DataType.FLOAT, rows, teacher.vocabulary());
    SDVariable w = graph.placeholder(WEIGHTS, DataType.FLOAT, rows);
    SDVariable value = SoftCrossEntropy.of(graph, List.of(logits, p, w), 1)[0];
    Map<String, SDVariable> sides = Backprop.gradients(graph, value, linear.variables());
    List<SDVariable> outputs = new ArrayList<>(sides.values());
    outputs.add(value);
    plan = worker.executable(graph, outputs);
    loss = value.name();
    sides.values().forEach(side -> gradients.add(plan.port(side.name())));
    inputs = new BoundInputs(plan);
    targets = plan.port(TARGETS).floats();
    weights = plan.port(WEIGHTS).floats();
  }

  /**
   * The penalty of one training.
   *
   * @param seeds of the order in which the anchor texts come
   */
  public Penalty during(Seeds seeds) {
    int n = teacher.size();
    return (step, bank, sum) -> {
      List<Integer> chosen = new ArrayList<>();
      for (int i = step * shape.batch(); i < (step + 1) * shape.batch(); i++) {
        chosen.add(seeds.child("anchors", i / n).rng().permutation(n)[i % n]);
      }
      return add(chosen, sum);
    };
  }

  private double add(List<Integer> chosen, List<Tensor> sum) {
    double total = 0;
    double entropy = 0;
    for (int index : chosen) {
      total += BatchFiller.weight(teacher.text(index));
      entropy += teacher.entropy(index);
    }
    double scale = weight / total;
    for (int b = 0; b < chosen.size(); b++) {
      fill(b, chosen.get(b), scale);
    }
    plan.run();
    for (int i = 0; i < sum.size(); i++) {
      OptimizerKernels.axpby(sum.get(i), 1, gradients.get(i).get(), 1, worker.scratch());
    }
    return plan.port(loss).number(0) - scale * entropy;
  }

  private void fill(int row, int index, double scale) {
    TokenSequence text = teacher.text(index);
    inputs.fill(row * shape.time(), shape.time(), text);
    targets.put(row * shape.time() * teacher.vocabulary(), teacher.probabilities(index));
    for (int t = 0; t < shape.time(); t++) {
      boolean real = t < text.length() - 1;
      weights.put(row * shape.time() + t, real ? (float) (scale * text.weights()[t + 1]) : 0f);
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
