package org.seal4j.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.TrainedWeight;

/** Mistakes with weights and training steps, by a user who has the public types alone. */
class ModelTrapsTest {
  private static final ModelConfig SMALL = ModelConfig.small(11, 8, 1, 2, 12);
  private static final ModelConfig WIDE = ModelConfig.small(11, 16, 1, 2, 12);
  private static final ModelConfig DEEP = ModelConfig.small(11, 8, 2, 2, 12);

  @Test
  void a_weight_is_overwritten_by_its_own_shape_and_type_alone() {
    try (Weights weights = Weights.random(SMALL, 1, 1, Seeds.of(1))) {
      String before = weights.sha256();
      Refusal.says(
          "model.norm.weight is float32 [8] but was given float32 [4]",
          () -> weights.assign("model.norm.weight", Nd4j.ones(DataType.FLOAT, 4)));
      Refusal.says(
          "model.norm.weight is float32 [8] but was given float64 [8]",
          () -> weights.assign("model.norm.weight", Nd4j.ones(DataType.DOUBLE, 8)));
      Refusal.says(
          "the model has no weight model.norm.wieght; did you mean model.norm.weight?",
          () -> weights.get("model.norm.wieght"));
      assertThat(weights.sha256()).isEqualTo(before);
      weights.assign("model.norm.weight", Nd4j.zeros(DataType.FLOAT, 8));
      assertThat(weights.get("model.norm.weight").sumNumber().doubleValue()).isZero();
    }
  }

  @Test
  void weights_are_copied_from_a_model_of_the_same_shapes_alone() {
    try (Weights small = Weights.random(SMALL, 1, 1, Seeds.of(1));
        Weights wide = Weights.zeros(WIDE);
        Weights deep = Weights.zeros(DEEP)) {
      String before = small.sha256();
      Refusal.says(
          "model.embed_tokens.weight is float32 [11, 8] but was given float32 [11, 16]",
          () -> small.copyFrom(wide));
      Refusal.says(
          "the model has no weight model.layers.1.input_layernorm.weight; did you mean"
              + " model.layers.0.input_layernorm.weight?",
          () -> small.copyFrom(deep));
      Refusal.says(
          "the model has no weight model.layers.1.input_layernorm.weight; did you mean"
              + " model.layers.0.input_layernorm.weight?",
          () -> deep.copyFrom(small));
      assertThat(small.sha256()).as("a refused copy changes nothing").isEqualTo(before);
    }
  }

  @Test
  void closed_weights_say_that_they_are() {
    Weights weights = Weights.zeros(SMALL);
    weights.close();
    Refusal.says(
        "the weights are closed, so that model.norm.weight cannot be had",
        () -> weights.get("model.norm.weight"));
  }

  @Test
  void a_forward_pass_names_the_input_or_module_that_does_not_fit() {
    try (Weights weights = Weights.zeros(SMALL)) {
      Graph graph = new Graph();
      CausalLm lm = CausalLm.of(graph, weights, name -> false);
      LmInputs floats =
          new LmInputs(
              graph.placeholder("floats", DataType.FLOAT, 4),
              graph.placeholder("positions", DataType.INT32, 4),
              null);
      Refusal.says(
          "embedding: ids must be int32 [rows] but is floats float32 [4]",
          () -> lm.logits(floats, CausalLm.fullAttention(graph, SMALL, 1)));
      LmInputs inputs =
          new LmInputs(
              graph.placeholder("ids", DataType.INT32, 4),
              graph.placeholder("short", DataType.INT32, 3),
              null);
      Refusal.says(
          "rope: positions must be int32 [4] but is short int32 [3], beside layers.0.self_attn.q_proj"
              + " float32 [4, 8]",
          () -> lm.logits(inputs, CausalLm.fullAttention(graph, SMALL, 1)));
      Refusal.says(
          "the model has no weight model.layers.0.mlp.gate_porj.weight; did you mean"
              + " model.layers.0.mlp.gate_proj.weight?",
          () ->
              CausalLm.baseLinear(graph, weights, name -> false, Products.inCalls(1))
                  .apply("model.layers.0.mlp.gate_porj", inputs.ids()));
    }
  }

  @Test
  void a_step_is_filled_and_read_within_its_shape() {
    BatchShape shape = new BatchShape(2, 4);
    try (Weights weights = Weights.random(SMALL, 1, 1, Seeds.of(1));
        Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, shape, worker)) {
      Refusal.says(
          "the step has no gradient of lm_head.wieght; did you mean lm_head.weight?",
          () -> step.gradient("lm_head.wieght"));
      Refusal.says(
          "a batch of 3 sequences of 4 tokens has 12 rows but the plan has 8",
          () -> new BatchFiller(step.plan(), new BatchShape(3, 4)));
      BatchFiller filler = new BatchFiller(step.plan(), shape);
      TokenSequence text = new TokenSequence(new int[] {1, 2}, new int[2], new float[] {0, 1});
      Refusal.says(
          "rows 1 to 2 were asked for in a batch of 2 sequences",
          () -> filler.fill(1, List.of(text, text), 1));
      Refusal.says(
          "rows 0 to 2 were asked for in a batch of 2 sequences", () -> filler.clear(0, 3));
      TokenSequence far = new TokenSequence(new int[] {99, 2}, new int[2], new float[] {0, 1});
      filler.clear(0, 2);
      filler.fill(0, List.of(far), 1);
      Refusal.says(
          "node embedding float32 [8, 8]: row 0 asks for embedding 99 of a table of 11",
          () -> step.plan().run());
      Refusal.says(
          "a gradient of loss by nothing was asked for",
          () -> LmStep.of(weights, name -> false, shape, worker));
    }
  }

  @Test
  void a_weight_and_its_gradient_fit_their_optimizer() {
    OptimizerSpec adamW = OptimizerSpec.ADAMW;
    Refusal.says(
        "only float32 weights are trained, not int32 [2, 3]",
        () -> TrainedWeight.of(Nd4j.zeros(DataType.INT32, 2, 3), adamW));
    Refusal.says(
        "weights side by side must be [n, ...] but are float32 [3]",
        () -> TrainedWeight.sideBySide(Nd4j.zeros(DataType.FLOAT, 3), adamW));
    Tensor gradient = Tensors.of(Nd4j.zeros(DataType.FLOAT, 1, 3));
    try (TrainedWeight two = TrainedWeight.sideBySide(Nd4j.zeros(DataType.FLOAT, 2, 3), adamW)) {
      Refusal.says(
          "weight 1 of 2 has 3 numbers, but the gradient of all up to it has 3",
          () -> two.update(1, gradient, 1, 0.1, 1, new Scratch()));
      Refusal.says(
          "weight 2 of 2 has 3 numbers, but the gradient of all up to it has 3",
          () -> two.update(2, gradient, 1, 0.1, 1, new Scratch()));
    }
  }

  @Test
  void a_cache_serves_models_of_its_own_sizes() {
    try (Weights weights = Weights.zeros(SMALL);
        Worker worker = new Worker();
        KvCache cache = new KvCache(DEEP)) {
      Refusal.says(
          "the key-value cache was made for 2 layers of width 8 but the model has 1 of width 8",
          () ->
              new Generator(
                  weights, LinearBank.base(weights), worker, GeneratorOptions.defaults(), cache));
    }
  }

  @Test
  void a_width_that_heads_do_not_divide_is_refused() {
    Refusal.says(
        "dim must be a multiple of heads but they are 10 and 4",
        () -> ModelConfig.small(11, 10, 1, 4, 12));
  }
}
