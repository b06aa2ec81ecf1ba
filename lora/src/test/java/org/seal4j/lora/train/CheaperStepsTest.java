package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/** Steps that leave out what no adapter changes: lower layers, and logits without a loss. */
class CheaperStepsTest {
  private static final LoraConfig UPPER =
      new LoraConfig(3, 6, false, new TargetModules("last 1: all-linear+head"));

  private static Weights weights;
  private static List<InnerLoopTask> tasks;

  @BeforeAll
  static void make_tasks() {
    weights = TinyModels.weights(1);
    tasks = TinyTasks.different();
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  private static InnerLoopConfig config(
      int adapters, LoraConfig lora, InnerLoopConfig.Logits rows) {
    InnerLoopConfig all = TinyTasks.config(adapters, 4);
    return new InnerLoopConfig(
        lora,
        all.batch(),
        all.schedule(),
        all.warmup(),
        all.clip(),
        all.optimizer(),
        all.timeMultiple(),
        adapters,
        InnerLoopConfig.PadTo.TASK,
        rows);
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "8, 2"})
  @Tag("slow")
  void n_adapters_of_the_upper_layers_together_are_n_alone_bit_for_bit(int adapters, int threads) {
    InnerLoopConfig together = config(adapters, UPPER, InnerLoopConfig.Logits.ALL);
    List<Outcome> outcomes = TinyTasks.train(weights, tasks, together, threads);
    for (int i = 0; i < tasks.size(); i++) {
      Outcome alone =
          TinyTasks.train(
                  weights, List.of(tasks.get(i)), config(1, UPPER, InnerLoopConfig.Logits.ALL), 1)
              .get(0);
      assertThat(outcomes.get(i).curve())
          .as("task %d with -Dseal.test.seed=%d", i, TinyTasks.SEED)
          .containsExactly(alone.curve());
      assertThat(outcomes.get(i).adapter()).isEqualTo(alone.adapter());
    }
  }

  @Test
  @Tag("slow")
  void logits_of_weighted_rows_train_the_adapter_that_all_logits_do() {
    for (LoraConfig lora : List.of(TinyTasks.LORA, UPPER)) {
      List<Outcome> all =
          TinyTasks.train(weights, tasks, config(1, lora, InnerLoopConfig.Logits.ALL), 2);
      InnerLoopConfig some = config(1, lora, InnerLoopConfig.Logits.WEIGHTED);
      List<Outcome> weighted = TinyTasks.train(weights, tasks, some, 1);
      List<Outcome> again = TinyTasks.train(weights, tasks, some, 2);
      for (int i = 0; i < tasks.size(); i++) {
        assertThat(weighted.get(i).curve()).containsExactly(all.get(i).curve(), within(1e-4));
        assertThat(again.get(i).adapter()).isEqualTo(weighted.get(i).adapter());
      }
    }
  }

  @Test
  void lower_layers_that_became_others_are_computed_anew() {
    InnerLoopTask task = tasks.get(4);
    InnerLoopConfig upper = config(1, UPPER, InnerLoopConfig.Logits.ALL);
    try (Weights changing = TinyModels.weights(1);
        Weights other = TinyModels.weights(2);
        Worker worker = new Worker();
        PenalizedInnerLoop loop = new PenalizedInnerLoop(changing, upper, worker)) {
      double[] before = loop.train(task, List.of());
      changing.copyFrom(other);
      double[] after = loop.train(task, List.of());
      double[] fresh = TinyTasks.train(other, List.of(task), upper, 1).get(0).curve();
      assertThat(after).containsExactly(fresh).isNotEqualTo(before);
    }
  }

  @Test
  void what_is_below_is_the_same_array_until_it_is_forgotten() {
    try (Worker worker = new Worker();
        FrozenLayers below = new FrozenLayers(weights, 1, worker)) {
      var sequence = tasks.get(0).sequences().get(0);
      float[] first = below.output(sequence);
      assertThat(below.output(sequence)).isSameAs(first);
      below.forget();
      assertThat(below.output(sequence)).isNotSameAs(first).containsExactly(first);
      assertThat(first).hasSize((sequence.length() - 1) * TinyModels.CONFIG.dim());
    }
  }

  @Test
  void weighted_logits_side_by_side_are_refused() {
    assertThatThrownBy(() -> config(2, UPPER, InnerLoopConfig.Logits.WEIGHTED))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("use logits: all, or groups of one adapter");
  }
}
