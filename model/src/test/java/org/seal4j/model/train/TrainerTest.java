package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;

class TrainerTest {
  private static final ModelConfig MODEL = ModelConfig.small(17, 16, 2, 2, 24);
  private static final int TIME = 8;

  @Test
  @Tag("slow")
  void the_first_moment_holds_a_gradient_clipped_to_the_given_norm() {
    Map<String, double[]> free = gradients(config(1, 1e9));
    double norm = norm(free);
    assertThat(norm).isGreaterThan(0.5);
    Map<String, double[]> clipped = gradients(config(1, 0.1));
    assertThat(norm(clipped)).isCloseTo(0.1, offset(1e-6));
    Map<String, double[]> loose = gradients(config(1, norm * 1.01));
    free.forEach(
        (name, g) -> {
          assertThat(loose.get(name)).as(name).containsExactly(g);
          for (int i = 0; i < g.length; i++) {
            assertThat(clipped.get(name)[i]).isCloseTo(g[i] * 0.1 / norm, offset(1e-7));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"2", "4"})
  @Tag("slow")
  void a_batch_in_shards_is_the_whole_batch(int shards) {
    Map<String, double[]> whole = gradients(config(1, 1e9));
    Map<String, double[]> summed = gradients(config(shards, 1e9));
    double norm = norm(whole);
    whole.forEach(
        (name, g) -> assertThat(summed.get(name)).containsExactly(g, offset(1e-6 * norm)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  @Tag("slow")
  void one_and_two_threads_give_the_same_bits(OptimizerSpec kind) {
    assertThat(trained(kind, 2)).isEqualTo(trained(kind, 1));
  }

  private static String trained(OptimizerSpec kind, int threads) {
    try (Weights weights = weights();
        Workers workers = new Workers(threads);
        Trainer trainer = new Trainer(weights, config(4, 1, kind, 1e-2), TIME, workers)) {
      for (int step = 0; step < 5; step++) {
        trainer.train(batch(step));
      }
      return weights.sha256();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  @Tag("slow")
  void four_sequences_are_learned_by_heart(OptimizerSpec kind) {
    List<TokenSequence> batch = batch(0).subList(0, 4);
    TrainConfig config =
        new TrainConfig(150, 4, 1, kind, 1e-2, 2e-2, Schedule.COSINE, 5, 1, AdamWConfig.defaults());
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config, TIME, workers)) {
      double first = trainer.train(batch);
      double last = first;
      while (trainer.step() < config.steps()) {
        last = trainer.train(batch);
      }
      assertThat(first).isGreaterThan(2);
      assertThat(last).isLessThan(0.05);
    }
  }

  @Tag("slow")
  @Test
  void two_hundred_steps_allocate_nothing_off_heap() {
    ModelConfig tiny = ModelConfig.small(5, 4, 1, 1, 4);
    List<TokenSequence> batch = TinyData.sequences(2, 5, 4, Seeds.of(1));
    TrainConfig config =
        new TrainConfig(
            300,
            2,
            2,
            OptimizerSpec.MUON,
            1e-3,
            1e-3,
            Schedule.LINEAR,
            5,
            1,
            AdamWConfig.defaults());
    try (Weights weights = Weights.random(tiny, 0.5, 1, Seeds.of(1));
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config, 3, workers)) {
      trainer.train(batch);
      // ND4J numbers every off-heap buffer and context that it makes.
      long before = Nd4j.getDeallocatorService().nextValue();
      for (int step = 0; step < 200; step++) {
        trainer.train(batch);
      }
      assertThat(Nd4j.getDeallocatorService().nextValue()).isEqualTo(before + 1);
    }
  }

  @Test
  @Tag("slow")
  void the_loss_is_the_weighted_mean_over_the_whole_batch() {
    List<TokenSequence> batch = batch(0);
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Trainer four = new Trainer(weights, config(4, 1), TIME, workers)) {
      double sum = 0;
      double weight = 0;
      for (TokenSequence sequence : batch) {
        try (Weights copy = weights.copy();
            Trainer one =
                new Trainer(
                    copy,
                    new TrainConfig(
                        1,
                        1,
                        1,
                        OptimizerSpec.ADAMW,
                        1,
                        1,
                        Schedule.LINEAR,
                        0,
                        1,
                        AdamWConfig.defaults()),
                    TIME,
                    workers)) {
          sum += one.train(List.of(sequence)) * BatchFiller.weight(sequence);
          weight += BatchFiller.weight(sequence);
        }
      }
      assertThat(four.train(batch)).isCloseTo(sum / weight, offset(1e-5));
    }
  }

  /** Sequences of 20 tokens in shards of up to 200: padded to 32, or to 200 by a longer one. */
  @Test
  @Tag("slow")
  void the_length_to_which_a_shard_is_padded_changes_no_loss() {
    List<TokenSequence> batch = TinyData.sequences(8, 17, 20, Seeds.of(3));
    try (Weights padded = weights();
        Weights plain = weights();
        Workers workers = new Workers(1);
        Trainer longest = new Trainer(padded, config(2, 1), 200, workers);
        Trainer exact = new Trainer(plain, config(2, 1), 19, workers)) {
      for (int step = 0; step < 3; step++) {
        assertThat(longest.train(batch)).isCloseTo(exact.train(batch), offset(1e-5));
      }
    }
  }

  @Test
  @Tag("slow")
  void lengths_that_change_from_step_to_step_give_the_same_bits_on_any_number_of_threads() {
    assertThat(trainedOnLengths(2)).isEqualTo(trainedOnLengths(1));
  }

  private static String trainedOnLengths(int threads) {
    try (Weights weights = weights();
        Workers workers = new Workers(threads);
        Trainer trainer = new Trainer(weights, config(4, 1), 200, workers)) {
      for (int step = 0; step < 4; step++) {
        trainer.train(TinyData.sequences(8, 17, 40 + 50 * step % 200, Seeds.of(step)));
      }
      return weights.sha256();
    }
  }

  @Test
  void a_batch_of_the_wrong_size_or_without_loss_is_refused() {
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config(4, 1), TIME, workers)) {
      assertThatThrownBy(() -> trainer.train(batch(0).subList(0, 7)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("must have 8 sequences but has 7");
      TokenSequence blank = new TokenSequence(new int[4], new int[4], new float[4]);
      assertThatThrownBy(() -> trainer.train(Collections.nCopies(8, blank)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("loss weight on at least one token");
      float[] ones = new float[TIME + 2];
      Arrays.fill(ones, 1);
      TokenSequence longer = new TokenSequence(new int[TIME + 2], new int[TIME + 2], ones);
      assertThatThrownBy(() -> trainer.train(Collections.nCopies(8, longer)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a sequence of 10 tokens does not fit a plan of 9");
    }
    assertThatThrownBy(() -> config(3, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("batch must be a multiple of shards");
  }

  /** The gradients that the first step's moments have seen. */
  private static Map<String, double[]> gradients(TrainConfig config) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config, TIME, workers)) {
      trainer.train(batch(0));
      for (Map.Entry<String, INDArray> state : trainer.state().entrySet()) {
        if (state.getKey().endsWith("/m")) {
          float[] m = state.getValue().reshape(-1).toFloatVector();
          double[] g = new double[m.length];
          for (int i = 0; i < m.length; i++) {
            g[i] = m[i] / 0.1;
          }
          gradients.put(state.getKey(), g);
        }
      }
    }
    assertThat(gradients).hasSize(21);
    return gradients;
  }

  private static double norm(Map<String, double[]> arrays) {
    double sum = 0;
    for (double[] array : arrays.values()) {
      for (double value : array) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  private static Weights weights() {
    return Weights.random(MODEL, 0.5, 1, Seeds.of(1));
  }

  private static List<TokenSequence> batch(int step) {
    return TinyData.sequences(8, 17, 9, Seeds.of(7).child("step", step));
  }

  private static TrainConfig config(int shards, double clip) {
    return config(shards, clip, OptimizerSpec.ADAMW, 1e-3);
  }

  private static TrainConfig config(int shards, double clip, OptimizerSpec kind, double rate) {
    return new TrainConfig(
        10, 8, shards, kind, rate, 2e-2, Schedule.LINEAR, 2, clip, AdamWConfig.defaults());
  }
}
