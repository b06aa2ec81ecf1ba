package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/** Adapters whose steps compute layers again are those whose steps keep everything. */
class RecomputedStepTest {
  private static final ModelConfig CONFIG = ModelConfig.small(24, 24, 6, 2, 40);
  private static final Seeds SEEDS = Seeds.of(TinyTasks.SEED).child("recompute");

  private static InnerLoopConfig config(
      String targets, int pieces, int recompute, InnerLoopConfig.Logits logits) {
    LoraConfig lora = new LoraConfig(3, 6, false, new TargetModules(targets));
    return new InnerLoopConfig(
            lora,
            4,
            Schedule.COSINE,
            1,
            0.5,
            OptimizerSpec.ADAMW,
            4,
            1,
            InnerLoopConfig.PadTo.STEP,
            logits)
        .with(new StepMemory(pieces, recompute));
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 4", "1, 6", "1, 9", "2, 1"})
  void the_same_adapter_bit_for_bit(int pieces, int recompute) {
    try (Weights weights = Weights.random(CONFIG, 0.5, 1, Seeds.of(1))) {
      for (String targets : List.of("all-linear+head", "last 4: all-linear", "q_proj,v_proj")) {
        for (InnerLoopConfig.Logits logits : InnerLoopConfig.Logits.values()) {
          InnerLoopTask task =
              new InnerLoopTask(TinyTasks.sequences(7, 3, 13, SEEDS), 0.02, 2, SEEDS);
          TinyTasks.Outcome kept =
              TinyTasks.train(weights, List.of(task), config(targets, pieces, 0, logits), 1).get(0);
          TinyTasks.Outcome again =
              TinyTasks.train(weights, List.of(task), config(targets, pieces, recompute, logits), 1)
                  .get(0);
          assertThat(again.curve())
              .as("%s, %s, seed %d", targets, logits, TinyTasks.SEED)
              .containsExactly(kept.curve());
          assertThat(again.adapter()).isEqualTo(kept.adapter());
        }
      }
    }
  }

  @Test
  void a_step_takes_a_part_of_the_memory_and_more_steps() {
    try (Weights weights = Weights.random(CONFIG, 0.5, 1, Seeds.of(1))) {
      assertThat(pool(weights, 1)).isLessThan(pool(weights, 0) / 2);
    }
  }

  private static long pool(Weights weights, int recompute) {
    InnerLoopConfig how = config("all-linear", 1, recompute, InnerLoopConfig.Logits.ALL);
    List<TokenSequence> texts = TinyTasks.sequences(4, 300, 300, SEEDS.child("long"));
    try (AdapterBank bank = new AdapterBank(1, CONFIG, how.lora());
        Worker worker = new Worker();
        LoraSteps steps = new LoraSteps(weights, bank, how, worker)) {
      bank.initialise(0, SEEDS);
      steps.run(List.of(new InnerLoopTask(texts, 0.02, 1, SEEDS)), 0);
      return worker.buffers().bytes();
    }
  }

  @Test
  void the_forecast_knows_of_the_keys_and_its_refusal_names_them() {
    ModelConfig model = ModelConfig.small(1000, 64, 20, 4, 256);
    InnerLoopConfig kept = config("all-linear", 1, 0, InnerLoopConfig.Logits.WEIGHTED);
    double all = InnerLoopMemory.of(model, kept, 100_000).bytes();
    double again = InnerLoopMemory.of(model, kept.with(new StepMemory(1, 1)), 100_000).bytes();
    double eight = InnerLoopMemory.of(model, kept.with(new StepMemory(1, 8)), 100_000).bytes();
    assertThat(again).isLessThan(eight / 2);
    assertThat(eight).isLessThan(all / 2);
    int endless = 1_500_000_000;
    assertThatThrownBy(() -> InnerLoopMemory.require("inner", model, kept, endless))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(
            "trained on 1,500,000,000 tokens at once, would take",
            "set inner.memory.recompute to 1, set inner.memory.pieces to 4, make the model");
    InnerLoopConfig least = kept.with(new StepMemory(4, 1));
    assertThatThrownBy(() -> InnerLoopMemory.require("learn", model, least, endless))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("that it may; make the model or the batch smaller");
  }

  @Test
  void fewer_layers_than_none_are_refused() {
    assertThatThrownBy(() -> new StepMemory(1, -1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory.recompute must be >= 0 but was -1");
  }
}
