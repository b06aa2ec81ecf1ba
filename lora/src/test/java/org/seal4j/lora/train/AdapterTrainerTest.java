package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.Checkpoint;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

class AdapterTrainerTest {
  private static final int STEPS = 6;
  private static final Seeds SEEDS = Seeds.of(TinyTasks.SEED).child("adapter trainer");
  private static final List<TokenSequence> ROWS = TinyTasks.sequences(7, 3, 19, SEEDS);

  private static Weights weights;

  @TempDir Path folder;

  @BeforeAll
  static void make_a_model() {
    System.out.println("AdapterTrainerTest with -Dseal.test.seed=" + TinyTasks.SEED);
    weights = TinyModels.weights(1);
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  private static AdapterRun run(int shards, int tokens, OptimizerSpec optimizer) {
    return run(TinyTasks.LORA, InnerLoopConfig.Logits.WEIGHTED, shards, tokens, optimizer);
  }

  private static AdapterRun run(
      LoraConfig lora,
      InnerLoopConfig.Logits logits,
      int shards,
      int tokens,
      OptimizerSpec optimizer) {
    InnerLoopConfig how =
        new InnerLoopConfig(
            lora, 7, Schedule.COSINE, 1, 0.5, optimizer, 4, 1, InnerLoopConfig.PadTo.STEP, logits);
    return new AdapterRun(how, 0.02, STEPS, shards, tokens);
  }

  private static AdapterRun inPieces(int pieces, AdapterRun run) {
    return new AdapterRun(
        run.how().with(new StepMemory(pieces, 0)),
        run.learningRate(),
        run.steps(),
        run.shards(),
        run.tokens());
  }

  /** The losses of so many steps and the bits of the adapter. */
  private record Trained(List<Double> losses, byte[] adapter) {}

  private static Trained train(AdapterRun run, int threads, int steps) {
    try (Workers workers = new Workers(threads);
        AdapterTrainer trainer = new AdapterTrainer(weights, run, SEEDS, workers)) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        losses.add(trainer.train(ROWS));
      }
      return new Trained(losses, TinyModels.bytes(TinyModels.single(trainer.bank(), 0)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1",
    "1, 1, 1",
    "2, 24, 1",
    "3, 40, 1",
    "9, 16, 1",
    "1, 1000, 3",
    "2, 40, 2"
  })
  @Tag("slow")
  void the_loss_is_the_mean_over_tokens_however_a_batch_is_cut(int shards, int tokens, int pieces) {
    AdapterRun run = inPieces(pieces, run(shards, tokens, OptimizerSpec.ADAMW));
    try (Workers workers = new Workers(2);
        Worker worker = new Worker();
        AdapterTrainer trainer = new AdapterTrainer(weights, run, SEEDS, workers)) {
      for (int step = 0; step < STEPS; step++) {
        double total = 0;
        int count = 0;
        try (Scorer scorer =
            new Scorer(weights, new LoraBank(weights, trainer.bank(), 1), worker)) {
          for (TokenSequence row : ROWS) { // each alone and without padding but its own
            Score score = scorer.score(List.of(row)).get(0);
            total += score.total();
            count += score.tokens();
          }
        }
        assertThat(trainer.train(ROWS)).isCloseTo(total / count, within(1e-5));
      }
    }
  }

  @Test
  @Tag("slow")
  void how_a_batch_is_cut_and_in_what_order_changes_no_training_by_more_than_rounding() {
    Trained whole = train(run(1, 1000, OptimizerSpec.ADAMW), 1, STEPS);
    Trained cut = train(run(3, 8, OptimizerSpec.ADAMW), 1, STEPS);
    for (int i = 0; i < STEPS; i++) {
      assertThat(cut.losses.get(i)).isCloseTo(whole.losses.get(i), within(1e-4));
    }
    assertThat(whole.losses.get(STEPS - 1)).isLessThan(whole.losses.get(0));
    List<TokenSequence> turned = new ArrayList<>(ROWS);
    Collections.reverse(turned);
    try (Workers workers = new Workers(1);
        AdapterTrainer trainer =
            new AdapterTrainer(weights, run(2, 24, OptimizerSpec.ADAMW), SEEDS, workers)) {
      assertThat(trainer.train(turned)).isCloseTo(whole.losses.get(0), within(1e-5));
    }
  }

  @Test
  @Tag("slow")
  void logits_of_rows_with_a_loss_alone_and_layers_computed_once_change_no_loss() {
    LoraConfig last = new LoraConfig(3, 6, false, new TargetModules("last 1: all-linear"));
    for (LoraConfig lora : List.of(TinyTasks.LORA, last)) {
      Trained all =
          train(run(lora, InnerLoopConfig.Logits.ALL, 2, 24, OptimizerSpec.ADAMW), 1, STEPS);
      Trained some =
          train(run(lora, InnerLoopConfig.Logits.WEIGHTED, 2, 24, OptimizerSpec.ADAMW), 1, STEPS);
      for (int i = 0; i < STEPS; i++) {
        assertThat(some.losses.get(i)).isCloseTo(all.losses.get(i), within(1e-4));
      }
    }
  }

  @Test
  @Tag("slow")
  void the_bits_do_not_depend_on_the_number_of_threads_and_the_model_stays_as_it_is() {
    String before = weights.sha256();
    Trained one = train(run(3, 24, OptimizerSpec.ADAMW), 1, STEPS);
    Trained three = train(run(3, 24, OptimizerSpec.ADAMW), 3, STEPS);
    assertThat(three.losses).isEqualTo(one.losses);
    assertThat(three.adapter).isEqualTo(one.adapter);
    assertThat(weights.sha256()).isEqualTo(before);
  }

  @Test
  void an_uncut_batch_gives_the_bits_of_the_inner_loop() {
    List<TokenSequence> rows = TinyTasks.sequences(4, 9, 9, SEEDS.child("equal"));
    InnerLoopConfig how =
        new InnerLoopConfig(TinyTasks.LORA, 4, Schedule.LINEAR, 1, 0.5, OptimizerSpec.ADAMW, 4, 1);
    InnerLoopTask task = new InnerLoopTask(rows, 0.02, 3, SEEDS);
    TinyTasks.Outcome inner = TinyTasks.train(weights, List.of(task), how, 1).get(0);
    try (Workers workers = new Workers(1);
        AdapterTrainer trainer =
            new AdapterTrainer(weights, new AdapterRun(how, 0.02, 3, 1, 1000), SEEDS, workers)) {
      double[] losses = new double[3];
      for (int step = 0; step < 3; step++) {
        losses[step] = trainer.train(task.batch(step, 4));
      }
      assertThat(losses).isEqualTo(inner.curve());
      assertThat(TinyModels.bytes(TinyModels.single(trainer.bank(), 0))).isEqualTo(inner.adapter());
    }
  }

  @ParameterizedTest
  @CsvSource({"adamw, 1", "muon, 1", "adamw, 3"})
  @Tag("slow")
  void stopped_and_resumed_equals_uninterrupted_byte_for_byte(String optimizer, int pieces) {
    AdapterRun run = inPieces(pieces, run(2, 24, OptimizerSpec.of(optimizer)));
    Trained whole = train(run, 2, STEPS);
    Path file = folder.resolve("adapter.safetensors");
    try (Workers workers = new Workers(2);
        AdapterTrainer stopped = new AdapterTrainer(weights, run, SEEDS, workers)) {
      for (int i = 0; i < 2; i++) {
        stopped.train(ROWS);
      }
      Checkpoint.save(stopped, file, "mine");
    }
    try (Workers workers = new Workers(2);
        AdapterTrainer resumed = new AdapterTrainer(weights, run, SEEDS.child("other"), workers)) {
      Checkpoint.load(resumed, file, "mine");
      assertThat(resumed.step()).isEqualTo(2);
      List<Double> losses = new ArrayList<>();
      for (int i = 2; i < STEPS; i++) {
        losses.add(resumed.train(ROWS));
      }
      assertThat(losses).isEqualTo(whole.losses.subList(2, STEPS));
      assertThat(TinyModels.bytes(TinyModels.single(resumed.bank(), 0))).isEqualTo(whole.adapter);
    }
  }

  @Test
  void a_checkpoint_of_another_training_is_refused() {
    Path file = folder.resolve("adapter.safetensors");
    try (Workers workers = new Workers(1);
        AdapterTrainer trainer =
            new AdapterTrainer(weights, run(2, 24, OptimizerSpec.ADAMW), SEEDS, workers);
        AdapterTrainer other =
            new AdapterTrainer(weights, run(2, 25, OptimizerSpec.ADAMW), SEEDS, workers)) {
      Checkpoint.save(trainer, file);
      assertThatThrownBy(() -> Checkpoint.load(other, file))
          .isInstanceOf(InputException.class)
          .hasMessageContainingAll("tokens 24", "tokens 25");
      assertThat(inPieces(2, run(2, 24, OptimizerSpec.ADAMW)).text()).endsWith("; pieces 2");
    }
  }

  @Test
  void a_batch_without_anything_to_learn_is_refused() {
    TokenSequence mute = new TokenSequence(new int[] {1, 2}, new int[2], new float[2]);
    try (Workers workers = new Workers(1);
        AdapterTrainer trainer =
            new AdapterTrainer(weights, run(1, 24, OptimizerSpec.ADAMW), SEEDS, workers)) {
      assertThatThrownBy(() -> trainer.train(Arrays.asList(mute, mute)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("loss weight on at least one token");
    }
  }
}
