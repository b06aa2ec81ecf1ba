package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

class SftInnerLoopTest {
  private static Weights weights;
  private static List<InnerLoopTask> tasks;
  private static List<Outcome> alone;

  @BeforeAll
  static void train_every_task_alone() {
    weights = TinyModels.weights(1);
    tasks = TinyTasks.different();
    alone = new ArrayList<>();
    for (InnerLoopTask task : tasks) {
      alone.addAll(TinyTasks.train(weights, List.of(task), TinyTasks.config(1, 4), 1));
    }
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1, 2", "3, 1", "8, 2"})
  void n_adapters_together_are_n_alone_bit_for_bit(int adaptersPerGroup, int threads) {
    List<Outcome> together =
        TinyTasks.train(weights, tasks, TinyTasks.config(adaptersPerGroup, 4), threads);
    assertThat(together).hasSameSizeAs(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      assertThat(together.get(i).curve()).as(task(i)).containsExactly(alone.get(i).curve());
      assertThat(together.get(i).adapter()).as(task(i)).isEqualTo(alone.get(i).adapter());
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void padding_to_the_step_is_padding_to_the_task(int threads) {
    List<Outcome> perStep = TinyTasks.train(weights, tasks, TinyTasks.perStep(4), threads);
    assertThat(perStep).hasSameSizeAs(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      double[] curve = alone.get(i).curve();
      assertThat(perStep.get(i).curve()).as(task(i)).hasSameSizeAs(curve);
      for (int step = 0; step < curve.length; step++) {
        assertThat(perStep.get(i).curve()[step]).isCloseTo(curve[step], within(1e-4));
      }
    }
    assertThat(TinyTasks.train(weights, tasks, TinyTasks.perStep(4), 2))
        .extracting(outcome -> Arrays.toString(outcome.adapter()))
        .isEqualTo(perStep.stream().map(outcome -> Arrays.toString(outcome.adapter())).toList());
  }

  @Test
  void side_by_side_padding_to_the_step_is_refused() {
    assertThatThrownBy(
            () ->
                new InnerLoopConfig(
                    TinyTasks.LORA,
                    2,
                    Schedule.LINEAR,
                    0,
                    1,
                    OptimizerSpec.ADAMW,
                    4,
                    2,
                    InnerLoopConfig.PadTo.STEP,
                    InnerLoopConfig.Logits.ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("use padTo: task, or groups of one adapter");
  }

  @Test
  @Tag("slow")
  void every_adapter_has_learned_and_the_base_has_not_moved() {
    String before = weights.sha256();
    List<Outcome> outcomes = TinyTasks.train(weights, tasks, TinyTasks.config(8, 4), 2);
    assertThat(weights.sha256()).isEqualTo(before);
    for (int i = 0; i < tasks.size(); i++) {
      try (AdapterBank fresh = new AdapterBank(1, TinyModels.CONFIG, TinyTasks.LORA)) {
        fresh.initialise(0, tasks.get(i).seeds().child("init"));
        assertThat(outcomes.get(i).adapter())
            .isNotEqualTo(TinyModels.bytes(TinyModels.single(fresh, 0)));
      }
      assertThat(outcomes.get(i).curve()).hasSize(tasks.get(i).steps(2));
    }
  }

  @Test
  @Tag("slow")
  void other_data_for_adapter_3_leaves_adapter_4_bit_equal() {
    List<InnerLoopTask> changed = new ArrayList<>(tasks);
    InnerLoopTask old = tasks.get(3);
    changed.set(
        3,
        new InnerLoopTask(
            TinyTasks.sequences(4, 11, 13, Seeds.of(77)), 0.05, 4, old.seeds().child("other")));
    List<Outcome> outcomes = TinyTasks.train(weights, changed, TinyTasks.config(8, 4), 1);
    for (int i = 0; i < tasks.size(); i++) {
      if (i == 3) {
        assertThat(outcomes.get(i).adapter()).isNotEqualTo(alone.get(i).adapter());
      } else {
        assertThat(outcomes.get(i).adapter()).as(task(i)).isEqualTo(alone.get(i).adapter());
      }
    }
  }

  @Tag("slow")
  @Test
  void an_adapter_that_diverges_does_not_disturb_its_neighbours() {
    List<InnerLoopTask> changed = new ArrayList<>(tasks);
    for (int wild : new int[] {0, 4}) {
      InnerLoopTask task = tasks.get(wild);
      changed.set(wild, new InnerLoopTask(task.sequences(), 1e30, 6, task.seeds()));
    }
    List<Outcome> outcomes = TinyTasks.train(weights, changed, TinyTasks.config(8, 4), 1);
    double[] curve = outcomes.get(4).curve();
    assertThat(curve[curve.length - 1]).isNaN();
    for (int i = 0; i < tasks.size(); i++) {
      if (i != 0 && i != 4) {
        assertThat(outcomes.get(i).adapter()).as(task(i)).isEqualTo(alone.get(i).adapter());
      }
    }
    assertThat(TinyTasks.train(weights, tasks, TinyTasks.config(8, 4), 1).get(4).adapter())
        .as("the same bank after NaN")
        .isEqualTo(alone.get(4).adapter());
  }

  @Test
  void the_loss_falls_when_a_sequence_is_repeated() {
    InnerLoopTask task =
        new InnerLoopTask(TinyTasks.sequences(2, 8, 9, Seeds.of(5)), 2e-2, 60, Seeds.of(6));
    double[] curve =
        TinyTasks.train(weights, List.of(task), TinyTasks.config(1, 4), 1).get(0).curve();
    assertThat(curve[0]).isGreaterThan(1);
    assertThat(curve[curve.length - 1]).isLessThan(0.1);
  }

  @Test
  void no_tasks_are_no_groups() {
    assertThat(TinyTasks.train(weights, List.of(), TinyTasks.config(2, 4), 2)).isEmpty();
  }

  private static String task(int i) {
    return "task %d with -Dseal.test.seed=%d".formatted(i, TinyTasks.SEED);
  }
}
