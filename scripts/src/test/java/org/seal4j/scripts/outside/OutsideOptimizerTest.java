package org.seal4j.scripts.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Checkpoint;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.TrainedWeight;
import org.seal4j.model.train.Trainer;

/** An optimizer and a schedule of someone else, found on the class path by their names. */
@ExtendWith(ExampleParts.class)
class OutsideOptimizerTest {
  private static final long SEED = Long.getLong("seal.test.seed", 5L);
  private static final ModelConfig MODEL = ModelConfig.small(17, 16, 2, 2, 24);
  private static final LoraConfig LORA =
      new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());

  @TempDir Path folder;

  @Test
  void three_updates_are_those_of_the_paper() {
    double[] w = {0.5, -0.25, 0};
    double[] m = new double[3];
    OptimizerSpec lion = new OptimizerSpec("lion", Map.of("beta1", 0.8, "weightDecay", 0.1));
    INDArray weight = Nd4j.createFromArray(0.5f, -0.25f, 0f);
    Rng rng = Seeds.of(SEED).rng();
    try (TrainedWeight trained = TrainedWeight.of(weight, lion)) {
      for (int step = 1; step <= 3; step++) {
        float[] g = new float[3];
        for (int i = 0; i < 3; i++) {
          g[i] = (float) rng.nextGaussian();
          double clipped = g[i] * 0.5;
          w[i] -= 0.01 * (Math.signum(0.8 * m[i] + 0.2 * clipped) + 0.1 * w[i]);
          m[i] = 0.99 * m[i] + 0.01 * clipped;
        }
        INDArray gradient = Nd4j.createFromArray(g);
        trained.update(0, Tensors.of(gradient), 0.5, 0.01, step, new Scratch());
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(weight.getDouble(i)).as("seed %d", SEED).isCloseTo(w[i], offset(1e-6));
    }
  }

  @Test
  @Tag("slow")
  void it_learns_four_sequences_by_heart() {
    TrainConfig config = pretraining("lion", 150);
    List<TokenSequence> batch = sequences(4, Seeds.of(SEED));
    try (Weights weights = Weights.random(MODEL, 0.5, 1, Seeds.of(SEED));
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config, 8, workers)) {
      double first = trainer.train(batch);
      double last = first;
      while (trainer.step() < config.steps()) {
        last = trainer.train(batch);
      }
      assertThat(first).isGreaterThan(2);
      assertThat(last).as("seed %d", SEED).isLessThan(0.3);
    }
  }

  @Test
  @Tag("slow")
  void stopped_and_resumed_equals_uninterrupted_byte_for_byte() {
    Path file = folder.resolve("trainer.safetensors");
    String whole = pretrained(0, 6, 1, false, file);
    assertThat(pretrained(0, 6, 2, false, file)).isEqualTo(whole);
    pretrained(0, 3, 1, false, file);
    assertThat(pretrained(3, 6, 1, true, file)).isEqualTo(whole);
  }

  /** Trains from step to step, in weights that start out differently when resumed. */
  private static String pretrained(int from, int to, int threads, boolean resume, Path file) {
    try (Weights weights = Weights.random(MODEL, 0.5, 1, Seeds.of(resume ? 2 : 1));
        Workers workers = new Workers(threads);
        Trainer trainer = new Trainer(weights, pretraining("lion", 6), 8, workers)) {
      if (resume) {
        Checkpoint.load(trainer, file);
      }
      assertThat(trainer.step()).isEqualTo(from);
      assertThat(trainer.state()).containsKey("optimizer/model.norm.weight/momentum");
      while (trainer.step() < to) {
        trainer.train(sequences(4, Seeds.of(SEED).child("step", trainer.step())));
      }
      Checkpoint.save(trainer, file);
      return weights.sha256();
    }
  }

  @ParameterizedTest
  @CsvSource({"lion, inverse-root", "muon, linear"})
  @Tag("slow")
  void adapters_trained_together_have_the_bits_of_each_alone(String optimizer, String schedule) {
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Seeds seeds = Seeds.of(SEED).child("task", i);
      tasks.add(new InnerLoopTask(sequences(1 + i, seeds), (1 + i) * 1e-3, 1 + i % 3, seeds));
    }
    OptimizerSpec spec = OptimizerSpec.of(optimizer);
    Map<Integer, List<Float>> alone = adapted(tasks, inner(spec, schedule, 1), 1);
    assertThat(adapted(tasks, inner(spec, schedule, 4), 2)).as("seed %d", SEED).isEqualTo(alone);
    assertThat(adapted(tasks, inner(OptimizerSpec.ADAMW, schedule, 4), 1)).isNotEqualTo(alone);
    assertThat(adapted(tasks, inner(spec, "cosine", 4), 1)).isNotEqualTo(alone);
  }

  @Test
  void an_adapter_learns_by_it() {
    Seeds seeds = Seeds.of(SEED);
    InnerLoopTask task = new InnerLoopTask(sequences(2, seeds), 2e-2, 40, seeds);
    InnerLoopConfig config = inner(OptimizerSpec.of("lion"), "inverse-root", 1);
    try (Weights weights = Weights.random(MODEL, 0.5, 1, Seeds.of(1));
        Workers workers = new Workers(1);
        SftInnerLoop loop = new SftInnerLoop(weights, config, workers)) {
      loop.train(
          List.of(task),
          group -> {
            double[] curve = group.curves().get(0);
            assertThat(curve[39]).as("seed %d", SEED).isLessThan(0.5 * curve[0]);
          });
    }
  }

  /** The numbers of every adapter by task. */
  private static Map<Integer, List<Float>> adapted(
      List<InnerLoopTask> tasks, InnerLoopConfig config, int threads) {
    Map<Integer, List<Float>> adapters = new HashMap<>();
    try (Weights weights = Weights.random(MODEL, 0.5, 1, Seeds.of(1));
        Workers workers = new Workers(threads);
        SftInnerLoop loop = new SftInnerLoop(weights, config, workers)) {
      loop.train(
          tasks,
          group -> {
            for (int i = 0; i < group.tasks().length; i++) {
              synchronized (adapters) {
                adapters.put(group.tasks()[i], numbers(group.bank(), i));
              }
            }
          });
    }
    return adapters;
  }

  private static List<Float> numbers(AdapterBank bank, int adapter) {
    List<Float> numbers = new ArrayList<>();
    for (AdapterBank.Factors f : bank.factors().values()) {
      for (INDArray factor : List.of(f.a(), f.b())) {
        FloatBuffer values = Tensors.of(factor).f();
        int size = values.capacity() / bank.size();
        for (int i = adapter * size; i < (adapter + 1) * size; i++) {
          numbers.add(values.get(i));
        }
      }
    }
    return numbers;
  }

  static TrainConfig pretraining(String optimizer, long steps) {
    return pretraining(OptimizerSpec.of(optimizer), steps);
  }

  static TrainConfig pretraining(OptimizerSpec optimizer, long steps) {
    return new TrainConfig(
        steps,
        4,
        2,
        optimizer,
        1e-2,
        1e-2,
        Schedule.of("inverse-root"),
        2,
        1,
        AdamWConfig.defaults());
  }

  private static InnerLoopConfig inner(OptimizerSpec optimizer, String schedule, int side) {
    return new InnerLoopConfig(LORA, 2, Schedule.of(schedule), 1, 0.5, optimizer, 8, side);
  }

  private static List<TokenSequence> sequences(int count, Seeds seeds) {
    Rng rng = seeds.child("tokens").rng();
    List<TokenSequence> sequences = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int[] ids = new int[9];
      float[] weights = new float[9];
      for (int i = 0; i < 9; i++) {
        ids[i] = rng.nextInt(17);
        weights[i] = 1;
      }
      sequences.add(new TokenSequence(ids, new int[9], weights));
    }
    return sequences;
  }
}
