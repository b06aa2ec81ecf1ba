package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/** A batch in pieces, whose gradients are added, is the batch as a whole. */
class PiecesTest {
  private static final int BATCH = 6;
  private static final Seeds SEEDS = Seeds.of(TinyTasks.SEED).child("pieces");

  private static Weights weights;

  @BeforeAll
  static void make_a_model() {
    System.out.println("PiecesTest with -Dseal.test.seed=" + TinyTasks.SEED);
    weights = TinyModels.weights(1);
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  private static InnerLoopConfig config(int adapters, int pieces) {
    return new InnerLoopConfig(
            TinyTasks.LORA, BATCH, Schedule.COSINE, 1, 0.5, OptimizerSpec.ADAMW, 4, adapters)
        .with(new StepMemory(pieces, 0));
  }

  /** The first has whole batches, the second a last one of two sequences. */
  private static List<InnerLoopTask> tasks() {
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int count : new int[] {2 * BATCH, BATCH + 2}) {
      Seeds seeds = SEEDS.child("task", count);
      List<TokenSequence> texts = new ArrayList<>(TinyTasks.sequences(count - 1, 3, 12, seeds));
      texts.addAll(TinyTasks.sequences(1, 12, 12, seeds.child("longest")));
      tasks.add(new InnerLoopTask(texts, 0.02, 2, seeds));
    }
    return tasks;
  }

  private static StepOutcome step(
      int pieces, int step, AdapterBank bank, Worker worker, List<float[]> gradients) {
    try (LoraSteps steps = new LoraSteps(weights, bank, config(2, pieces), worker)) {
      steps.run(tasks(), 0); // what came before does not matter
      steps.begin();
      StepOutcome found = steps.run(tasks(), step);
      for (Tensor gradient : found.gradients()) {
        float[] values = new float[gradient.length()];
        gradient.f().get(0, values);
        gradients.add(values);
      }
      return found;
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 7})
  void k_pieces_of_a_batch_give_loss_and_gradients_of_the_whole(int pieces) {
    try (AdapterBank bank = TinyModels.noisyBank(2, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker()) {
      for (int step = 0; step < 4; step++) {
        List<float[]> whole = new ArrayList<>();
        List<float[]> cut = new ArrayList<>();
        StepOutcome one = step(1, step, bank, worker, whole);
        StepOutcome many = step(pieces, step, bank, worker, cut);
        for (int adapter = 0; adapter < 2; adapter++) {
          double loss = one.losses().get(adapter);
          assertThat(loss).isPositive();
          assertThat(many.losses().get(adapter)).isCloseTo(loss, within(1e-6 * loss));
        }
        assertThat(cut).hasSameSizeAs(whole);
        for (int p = 0; p < whole.size(); p++) {
          assertThat(distance(cut.get(p), whole.get(p)))
              .as("step %d, parameter %d, seed %d", step, p, TinyTasks.SEED)
              .isLessThan(1e-6);
        }
      }
    }
  }

  /** Relative to the length of what is expected. */
  private static double distance(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double squares = 0;
    double apart = 0;
    for (int i = 0; i < actual.length; i++) {
      squares += (double) expected[i] * expected[i];
      apart += Math.pow((double) actual[i] - expected[i], 2);
    }
    assertThat(squares).isPositive();
    return Math.sqrt(apart / squares);
  }

  @Tag("slow")
  @Test
  void n_adapters_together_in_pieces_are_n_alone_bit_for_bit_and_train_as_the_whole() {
    List<InnerLoopTask> tasks = tasks();
    List<TinyTasks.Outcome> together = TinyTasks.train(weights, tasks, config(2, 3), 2);
    List<TinyTasks.Outcome> whole = TinyTasks.train(weights, tasks, config(2, 1), 1);
    for (int i = 0; i < 2; i++) {
      TinyTasks.Outcome alone =
          TinyTasks.train(weights, List.of(tasks.get(i)), config(1, 3), 1).get(0);
      assertThat(together.get(i).curve()).containsExactly(alone.curve());
      assertThat(together.get(i).adapter()).isEqualTo(alone.adapter());
      assertThat(together.get(i).curve()).containsExactly(whole.get(i).curve(), within(1e-4));
    }
  }

  @Test
  void a_piece_takes_less_memory_than_the_batch() {
    assertThat(pool(6)).isLessThan(pool(1) / 2);
  }

  private static long pool(int pieces) {
    List<TokenSequence> texts = TinyTasks.sequences(BATCH, 400, 400, SEEDS.child("long"));
    try (AdapterBank bank = TinyModels.noisyBank(1, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker();
        LoraSteps steps = new LoraSteps(weights, bank, config(1, pieces), worker)) {
      steps.run(List.of(new InnerLoopTask(texts, 0.02, 1, SEEDS)), 0);
      return worker.buffers().bytes();
    }
  }

  @Test
  void no_piece_at_all_is_refused() {
    assertThatThrownBy(() -> new StepMemory(0, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory.pieces must be >= 1 but was 0");
  }
}
