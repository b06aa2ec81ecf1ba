package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.Weights;

/** Training on what a teacher holds for likely instead of the tokens that stand there. */
class DistillationTest {
  private static Weights weights;

  @BeforeAll
  static void open() {
    weights = TinyModels.weights(1);
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  /** The same tokens, to be predicted as a teacher of so many tokens a place does. */
  private static TokenSequence taught(TokenSequence s, int width, Rng rng) {
    int[] ids = new int[s.length() * width];
    float[] p = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = rng.nextInt(TinyModels.CONFIG.vocabSize());
      p[i] = (float) rng.nextDouble() / width;
    }
    return new TokenSequence(s.ids(), s.positions(), s.weights(), new SoftTargets(width, ids, p));
  }

  /** The same tokens, which a teacher holds for certain. */
  private static TokenSequence certain(TokenSequence s) {
    int[] ids = new int[s.length() * 3];
    float[] p = new float[ids.length];
    for (int i = 0; i < s.length(); i++) {
      ids[3 * i] = s.ids()[i];
      p[3 * i] = 1;
    }
    return new TokenSequence(s.ids(), s.positions(), s.weights(), new SoftTargets(3, ids, p));
  }

  /** Every task has another mixture of taught sequences and plain ones; the first has none. */
  private static List<InnerLoopTask> mixed() {
    List<InnerLoopTask> tasks = new ArrayList<>();
    List<InnerLoopTask> plain = TinyTasks.different();
    for (int i = 0; i < plain.size(); i++) {
      Rng rng = Seeds.of(TinyTasks.SEED).child("teacher", i).rng();
      List<TokenSequence> sequences = new ArrayList<>();
      for (TokenSequence s : plain.get(i).sequences()) {
        sequences.add(i > 0 && rng.nextInt(3) > 0 ? taught(s, 2 + i % 3, rng) : s);
      }
      InnerLoopTask task = plain.get(i);
      tasks.add(new InnerLoopTask(sequences, task.learningRate(), task.epochs(), task.seeds()));
    }
    return tasks;
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "8, 2"})
  @Tag("slow")
  void n_adapters_together_are_n_alone_bit_for_bit(int adapters, int threads) {
    List<InnerLoopTask> tasks = mixed();
    List<Outcome> together =
        TinyTasks.train(weights, tasks, TinyTasks.config(adapters, 4), threads);
    for (int i = 0; i < tasks.size(); i++) {
      Outcome alone =
          TinyTasks.train(weights, List.of(tasks.get(i)), TinyTasks.config(1, 4), 1).get(0);
      assertThat(together.get(i).curve())
          .as("task %d with -Dseal.test.seed=%d", i, TinyTasks.SEED)
          .containsExactly(alone.curve());
      assertThat(together.get(i).adapter()).isEqualTo(alone.adapter());
    }
  }

  @Test
  void a_teacher_that_is_certain_of_the_tokens_is_plain_training_bit_for_bit() {
    InnerLoopTask plain = TinyTasks.different().get(4);
    InnerLoopTask certain =
        new InnerLoopTask(
            plain.sequences().stream().map(DistillationTest::certain).toList(),
            plain.learningRate(),
            plain.epochs(),
            plain.seeds());
    List<Outcome> both =
        TinyTasks.train(weights, List.of(plain, certain), TinyTasks.config(1, 4), 1);
    assertThat(both.get(1).curve()).containsExactly(both.get(0).curve());
    assertThat(both.get(1).adapter()).isEqualTo(both.get(0).adapter());
  }

  @Test
  void the_loss_against_a_teacher_falls() {
    InnerLoopTask one = mixed().get(8);
    InnerLoopTask longer = new InnerLoopTask(one.sequences(), 2e-2, 12, one.seeds());
    double[] curve =
        TinyTasks.train(weights, List.of(longer), TinyTasks.config(1, 4), 1).get(0).curve();
    assertThat(curve[curve.length - 1]).isLessThan(curve[0]);
  }
}
