package org.seal4j.lora.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;

class LoraLinearTest {
  private static final LoraConfig LORA =
      new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());

  @Tag("slow")
  @Test
  void a_fresh_adapter_changes_no_logit() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = new AdapterBank(1, TinyModels.CONFIG, LORA)) {
      bank.initialise(0, Seeds.of(3));
      assertThat(TinyModels.logits(weights, TinyModels.single(bank, 0)))
          .containsExactly(TinyModels.logits(weights, null));
    }
  }

  @Test
  void a_tied_head_takes_an_adapter_without_touching_the_embedding() {
    try (Weights tied = TinyModels.tiedWeights(1);
        AdapterBank bank = TinyModels.noisyBank(1, LORA, Seeds.of(2))) {
      String before = tied.sha256();
      float[] adapted = TinyModels.logits(tied, TinyModels.single(bank, 0));
      assertThat(TinyModels.largestDifference(adapted, TinyModels.logits(tied, null)))
          .isGreaterThan(0.1);
      assertThat(tied.sha256()).isEqualTo(before);
    }
  }

  @Test
  void twice_the_scaling_is_twice_the_delta() {
    try (Weights zero = Weights.zeros(TinyModels.CONFIG);
        AdapterBank bank = TinyModels.noisyBank(2, LORA, Seeds.of(2))) {
      LoraConfig twice = new LoraConfig(3, 12, false, LORA.targetModules());
      float[] once = apply(zero, bank, LORA, "model.layers.0.mlp.gate_proj", 5);
      float[] doubled = apply(zero, bank, twice, "model.layers.0.mlp.gate_proj", 5);
      for (int i = 0; i < once.length; i++) {
        assertThat(doubled[i]).isEqualTo(2 * once[i]).isNotZero();
      }
    }
  }

  @Test
  @Tag("slow")
  void each_group_of_rows_meets_its_own_adapter() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(3, LORA, Seeds.of(2))) {
      String module = "model.layers.1.mlp.down_proj";
      float[] together = apply(weights, bank, LORA, module, 5);
      int size = together.length / 3;
      for (int i = 0; i < 3; i++) {
        Graph graph = new Graph();
        SDVariable x = graph.placeholder("x", DataType.FLOAT, 5, 19);
        LoraLinear linear =
            new LoraLinear(graph, weights, LORA, TinyModels.single(bank, i).factors(), 1, false);
        float[] alone = run(graph, linear.apply(module, x), i * 5 * 19);
        assertThat(Arrays.copyOfRange(together, i * size, (i + 1) * size)).containsExactly(alone);
      }
    }
  }

  @Test
  @Tag("slow")
  void a_module_that_is_not_targeted_is_the_base_alone() {
    LoraConfig head = new LoraConfig(2, 4, false, new TargetModules("lm_head"));
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = new AdapterBank(2, TinyModels.CONFIG, head)) {
      Graph graph = new Graph();
      LoraLinear linear = new LoraLinear(graph, weights, head, bank.factors(), 2, true);
      SDVariable x = graph.placeholder("x", DataType.FLOAT, 4, 12);
      linear.apply("model.layers.0.self_attn.q_proj", x);
      assertThat(graph.ops()).hasSize(2); // the product and its bias
      assertThat(linear.variables()).isEmpty();
      linear.apply("lm_head", x);
      assertThat(linear.variables())
          .extracting(SDVariable::name)
          .containsExactly("lm_head.lora_A", "lm_head.lora_B");
    }
  }

  /** The module applied to {@code rows} random rows per adapter of the bank. */
  private static float[] apply(
      Weights weights, AdapterBank bank, LoraConfig config, String module, int rows) {
    Graph graph = new Graph();
    long in = bank.factors().get(module).a().size(1);
    SDVariable x = graph.placeholder("x", DataType.FLOAT, (long) bank.size() * rows, in);
    LoraLinear linear = new LoraLinear(graph, weights, config, bank.factors(), bank.size(), false);
    return run(graph, linear.apply(module, x), 0);
  }

  /** Runs on a fixed stream of random numbers from its number {@code from} on. */
  private static float[] run(Graph graph, SDVariable y, int from) {
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, List.of(y), worker)) {
      Rng rng = Seeds.of(9).rng();
      for (int i = 0; i < from; i++) {
        rng.nextGaussian();
      }
      for (int i = 0; i < plan.array("x").length(); i++) {
        plan.array("x").putScalar(i, rng.nextGaussian());
      }
      plan.run();
      return plan.array(y.name()).dup().reshape(-1).toFloatVector();
    }
  }
}
