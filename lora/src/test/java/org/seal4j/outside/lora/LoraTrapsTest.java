package org.seal4j.outside.lora;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.continual.Consolidation;
import org.seal4j.lora.continual.Fisher;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.continual.TeacherDistributions;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;

/** Mistakes with adapters, by a user who has the public types alone. */
class LoraTrapsTest {
  private static final ModelConfig MODEL = ModelConfig.small(11, 8, 1, 2, 12);
  private static final ModelConfig WIDE = ModelConfig.small(11, 16, 1, 2, 12);
  private static final LoraConfig LORA = new LoraConfig(2, 4, false, new TargetModules("q_proj"));
  private static final String Q = "model.layers.0.self_attn.q_proj";
  private static final String NONE = "there is no adapter 2 in a bank of 2";

  @Test
  void factors_of_another_rank_shape_or_number_are_named() {
    String sizes =
        "%s takes 8 numbers and gives 8, so its factors for 2 adapters must be [2, 8, r] and [2, r, 8]"
            + " but are float32 ";
    refusedFactors(
        sizes + "[8, 2] and float32 [2, 2, 8]",
        new Factors(Nd4j.zeros(DataType.FLOAT, 8, 2), Nd4j.zeros(DataType.FLOAT, 2, 2, 8)));
    refusedFactors(
        sizes + "[3, 8, 2] and float32 [3, 2, 8]",
        new Factors(Nd4j.zeros(DataType.FLOAT, 3, 8, 2), Nd4j.zeros(DataType.FLOAT, 3, 2, 8)));
    refusedFactors(
        sizes + "[2, 8, 2] and float32 [2, 5, 8]",
        new Factors(Nd4j.zeros(DataType.FLOAT, 2, 8, 2), Nd4j.zeros(DataType.FLOAT, 2, 5, 8)));
    refusedFactors(
        sizes + "[2, 8, 2] and float32 [2, 2, 9]",
        new Factors(Nd4j.zeros(DataType.FLOAT, 2, 8, 2), Nd4j.zeros(DataType.FLOAT, 2, 2, 9)));
    refusedFactors(
        "graph parameter %s.lora_A must be float32 or int32 but its array is float64 [2, 8, 2];"
            + " cast it with castTo(DataType.FLOAT)",
        new Factors(Nd4j.zeros(DataType.DOUBLE, 2, 8, 2), Nd4j.zeros(DataType.FLOAT, 2, 2, 8)));
  }

  private static void refusedFactors(String sentence, Factors factors) {
    try (Weights weights = Weights.zeros(MODEL)) {
      Graph graph = new Graph();
      SDVariable x = graph.placeholder("x", DataType.FLOAT, 6, 8);
      LoraLinear linear = new LoraLinear(graph, weights, LORA, Map.of(Q, factors), 2, true);
      Refusal.says(sentence.replace("%s", Q), () -> linear.apply(Q, x));
    }
  }

  @Test
  void rows_that_adapters_cannot_share_are_named() {
    try (Weights weights = Weights.zeros(MODEL);
        AdapterBank bank = new AdapterBank(2, MODEL, LORA)) {
      Graph graph = new Graph();
      SDVariable x = graph.placeholder("x", DataType.FLOAT, 7, 8);
      LoraLinear linear = new LoraLinear(graph, weights, LORA, bank.factors(), 2, true);
      Refusal.says(
          "matmul: a must be float32 [2*m, k] but is x float32 [7, 8]", () -> linear.apply(Q, x));
    }
  }

  @Test
  void a_place_outside_the_bank_is_refused_everywhere() {
    try (Weights weights = Weights.zeros(MODEL);
        Worker worker = new Worker();
        AdapterBank bank = new AdapterBank(2, MODEL, LORA)) {
      Refusal.says(NONE, () -> bank.initialise(2, Seeds.of(1)));
      Refusal.says(NONE, () -> bank.prefix(3));
      Refusal.says("there is no adapter -1 in a bank of 2", () -> bank.prefix(0));
      Refusal.says(NONE, () -> new LoraBank(weights, bank, 3));
      Refusal.says(NONE, () -> Merge.merge(weights, bank, 2));
      Refusal.says(NONE, () -> PeftAdapter.of(MODEL, bank, 2, ""));
      Refusal.says(NONE, () -> LoraGraph.of(weights, bank, 3, new BatchShape(1, 4)));
      AdapterGroup group = new AdapterGroup(bank, new int[2], List.of(), worker);
      Refusal.says(NONE, () -> group.isSound(2));
    }
  }

  @Test
  void an_adapter_of_another_model_is_not_merged() {
    try (Weights weights = Weights.random(MODEL, 1, 1, Seeds.of(1));
        AdapterBank wide = new AdapterBank(1, WIDE, LORA)) {
      String before = weights.sha256();
      Refusal.says(
          Q
              + " takes 8 numbers and gives 8, so its factors for 1 adapters must be [1, 8, r] and [1,"
              + " r, 8] but are float32 [1, 16, 2] and float32 [1, 2, 16]",
          () -> Merge.merge(weights, wide, 0));
      assertThat(weights.sha256()).isEqualTo(before);
    }
  }

  @Test
  void importance_of_weights_must_be_that_of_the_modules_it_names() {
    try (Weights weights = Weights.zeros(MODEL);
        Worker worker = new Worker();
        AdapterBank bank = new AdapterBank(1, MODEL, LORA)) {
      Refusal.says(
          "the model has no weight model.layers.0.self_attn.q_porj.weight; did you mean"
              + " model.layers.0.self_attn.q_proj.weight?",
          () -> new Fisher(weights, Set.of("model.layers.0.self_attn.q_porj"), worker));
      Consolidation ewc = new Consolidation(1);
      ewc.protect(Map.of(Q, new float[7]));
      Refusal.says(
          Q + " has 7 weights but its Fisher information has 8 numbers",
          () -> ewc.protect(Map.of(Q, new float[8])));
      Factors factors = bank.factors().get(Q);
      List<Tensor> gradients = List.of(same(factors.a()), same(factors.b()));
      Refusal.says(
          Q + " has 64 weights but its Fisher information has 7 numbers",
          () -> ewc.add(0, bank, gradients));
    }
  }

  private static Tensor same(INDArray array) {
    return Tensors.of(Nd4j.zeros(DataType.FLOAT, array.shape()));
  }

  @Test
  void a_teacher_of_another_vocabulary_is_named() {
    ModelConfig larger = ModelConfig.small(17, 8, 1, 2, 12);
    TokenSequence text = new TokenSequence(new int[] {1, 2, 3}, new int[3], new float[] {0, 1, 1});
    try (Weights weights = Weights.zeros(MODEL);
        Weights other = Weights.zeros(larger);
        Worker worker = new Worker();
        AdapterBank bank = new AdapterBank(1, MODEL, LORA)) {
      TeacherDistributions teacher = TeacherDistributions.of(other, List.of(text), worker);
      Refusal.says(
          "soft_cross_entropy: targets must be float32 [2, 11] but is anchor_targets float32 [2,"
              + " 17], beside logits float32 [2, 11], anchor_weights float32 [2]",
          () -> new KlAnchor(weights, bank, teacher, 1, 1, worker));
      TokenSequence far = new TokenSequence(new int[] {99, 2}, new int[2], new float[] {0, 1});
      Refusal.says(
          "node embedding float32 [1, 8]: row 0 asks for embedding 99 of a table of 11",
          () -> TeacherDistributions.of(weights, List.of(far), worker));
    }
  }
}
