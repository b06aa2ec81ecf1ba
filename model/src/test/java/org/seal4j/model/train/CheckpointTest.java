package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.WeightsFile;

class CheckpointTest {
  private static final ModelConfig MODEL = ModelConfig.small(17, 16, 2, 2, 24);
  private static final BatchSource DATA =
      step -> TinyData.sequences(4, 17, 9, Seeds.of(7).child("step", step));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  @Tag("slow")
  void stopped_and_resumed_equals_uninterrupted_byte_for_byte(OptimizerSpec kind) {
    Path file = folder.resolve("trainer.safetensors");
    String whole = train(kind, 0, 6, null, null);
    train(kind, 0, 3, null, file);
    assertThat(train(kind, 3, 6, file, null)).isEqualTo(whole);
  }

  /** Trains from step to step, in weights that start out differently when resumed. */
  private static String train(OptimizerSpec kind, int from, int to, Path load, Path save) {
    try (Weights weights = Weights.random(MODEL, 0.5, 1, Seeds.of(load == null ? 1 : 2));
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config(kind, 1e-2), 8, workers)) {
      if (load != null) {
        Checkpoint.load(trainer, load);
      }
      assertThat(trainer.step()).isEqualTo(from);
      while (trainer.step() < to) {
        trainer.train(DATA.batch(trainer.step()));
      }
      if (save != null) {
        Checkpoint.save(trainer, save);
      }
      return weights.sha256();
    }
  }

  @Test
  void a_checkpoint_of_another_configuration_is_refused_and_changes_nothing() {
    Path file = folder.resolve("trainer.safetensors");
    train(OptimizerSpec.ADAMW, 0, 1, null, file);
    try (Weights weights = Weights.random(MODEL, 0.5, 1, Seeds.of(1));
        Workers workers = new Workers(1);
        Trainer trainer = new Trainer(weights, config(OptimizerSpec.ADAMW, 2e-2), 8, workers)) {
      String before = weights.sha256();
      assertThatThrownBy(() -> Checkpoint.load(trainer, file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("learningRate=0.01")
          .hasMessageContaining("learningRate=0.02");
      Path bare = folder.resolve("w.safetensors");
      WeightsFile.save(weights, bare);
      assertThatThrownBy(() -> Checkpoint.load(trainer, bare))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no metadata 'config'");
      assertThat(weights.sha256()).isEqualTo(before);
      assertThat(trainer.step()).isZero();
    }
  }

  private static TrainConfig config(OptimizerSpec kind, double rate) {
    AdamWConfig adamW = new AdamWConfig(0.9, 0.95, 1e-8, 0.1);
    return new TrainConfig(6, 4, 2, kind, rate, 2e-2, Schedule.COSINE, 2, 1.0, adamW);
  }
}
