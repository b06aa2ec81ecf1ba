package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.CausalLm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.testing.TinyModels;

/** The graph of one training step of a whole model, with random inputs. */
final class StepCase {
  /** Every feature at once: grouped heads, biases, tied head, pair positions; odd sizes. */
  static final ModelConfig EVERYTHING =
      new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, true, true, true, 7);

  /** A plain model: Hugging Face rotation, separate head. */
  static final ModelConfig PLAIN =
      new ModelConfig(17, 18, 2, 3, 3, 10, 33, 1e-5, 10000, false, false, false, 0);

  /** What Qwen3 and SmolLM3 do: normalised heads, a layer that is not rotated. */
  static final ModelConfig FAMILIES =
      new ModelConfig(
          17,
          18,
          2,
          4,
          2,
          10,
          33,
          1e-5,
          10000,
          false,
          false,
          false,
          0,
          RopeScaling.none(),
          new DecoderForm(true, List.of(1)));

  /** What Gemma 2 does: norms behind, GELU, caps and a window. */
  static final ModelConfig GEMMA2 = gemma(TinyModels.gemma2());

  /** What Gemma 3 does: normalised heads, and two bases of rotation. */
  static final ModelConfig GEMMA3 = gemma(TinyModels.gemma3());

  private static ModelConfig gemma(DecoderForm form) {
    return new ModelConfig(
        17, 18, 3, 4, 2, 10, 33, 1e-5, 100, false, true, false, 0, RopeScaling.linear(2), form);
  }

  final Graph graph = new Graph();
  final List<SDVariable> outputs = new ArrayList<>();
  final Map<String, INDArray> values = new LinkedHashMap<>();

  private StepCase() {}

  /** Loss, logits and the gradients of the trainable weights of {@code batch} x {@code time}. */
  static StepCase of(Weights weights, Predicate<String> trainable, int batch, int time) {
    StepCase step = new StepCase();
    Graph graph = step.graph;
    ModelConfig config = weights.config();
    long rows = (long) batch * time;
    LmInputs in = LmInputs.declare(graph, config, rows);
    SDVariable logits =
        CausalLm.of(graph, weights, trainable)
            .logits(in, CausalLm.fullAttention(graph, config, batch));
    SDVariable targets = graph.placeholder("targets", DataType.INT32, rows);
    SDVariable lossWeights = graph.placeholder("loss_weights", DataType.FLOAT, rows);
    SDVariable[] ce = CrossEntropy.of(graph, List.of(logits, targets, lossWeights), 1);
    SDVariable loss = graph.name(ce[0], "loss");
    List<SDVariable> wanted = new ArrayList<>();
    for (String name : graph.parameters().keySet()) {
      if (trainable.test(name)) {
        wanted.add(graph.sameDiff().getVariable(name));
      }
    }
    step.outputs.add(loss);
    step.outputs.add(logits);
    step.outputs.addAll(Backprop.gradients(graph, loss, wanted).values());
    step.fill(config, batch, time, time);
    return step;
  }

  /** Random tokens, the same for any padding: rows past {@code real} weigh nothing. */
  void fill(ModelConfig config, int batch, int time, int real) {
    int rows = batch * time;
    int[][] ids = new int[4][rows];
    float[] weights = new float[rows];
    for (int b = 0; b < batch; b++) {
      Rng rng = Seeds.of(1).child("tokens", b).rng();
      for (int t = 0; t < time; t++) {
        int row = b * time + t;
        ids[0][row] = rng.nextInt(config.vocabSize());
        ids[1][row] = t;
        ids[2][row] = rng.nextInt(Math.max(1, config.pairPositions()));
        ids[3][row] = rng.nextInt(config.vocabSize());
        weights[row] = t < real ? rng.nextInt(3) / 20f : 0f;
      }
    }
    values.put(LmInputs.IDS, Nd4j.createFromArray(ids[0]));
    values.put(LmInputs.POSITIONS, Nd4j.createFromArray(ids[1]));
    if (config.pairPositions() > 0) {
      values.put(LmInputs.PAIR_POSITIONS, Nd4j.createFromArray(ids[2]));
    }
    values.put("targets", Nd4j.createFromArray(ids[3]));
    values.put("loss_weights", Nd4j.createFromArray(weights));
  }

  /** Runs a plan of the outputs once, copies them, and closes it. */
  Map<String, INDArray> run(Executable plan) {
    try (plan) {
      values.forEach((name, value) -> plan.assign(name, value));
      plan.run();
      Map<String, INDArray> copies = new LinkedHashMap<>();
      outputs.forEach(output -> copies.put(output.name(), plan.array(output.name()).dup()));
      return copies;
    }
  }
}
