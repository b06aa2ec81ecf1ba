package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Workers;

/** Training of a whole model on stock ops. */
@Tag("slow")
class StockTrainerTest {
  private static final ModelConfig CONFIG = ModelConfig.small(19, 12, 2, 2, 20);
  private static final int TIME = 8;

  /** The losses of some steps, and the hash of the weights behind them. */
  private record Trained(List<Double> losses, String weights) {}

  private static Trained train(String optimizer, int shards, Workers workers) {
    TrainConfig config =
        new TrainConfig(
            6,
            4,
            shards,
            OptimizerSpec.of(optimizer),
            1e-2,
            2e-2,
            Schedule.COSINE,
            1,
            1,
            AdamWConfig.defaults());
    List<Double> losses = new ArrayList<>();
    try (workers;
        Weights weights = Weights.random(CONFIG, 0.5, 1, Seeds.of(1));
        Trainer trainer = new Trainer(weights, config, TIME, workers)) {
      for (int step = 0; step < 6; step++) {
        losses.add(
            trainer.train(
                TinyData.sequences(4, CONFIG.vocabSize(), TIME + 1, Seeds.of(2).child("s", step))));
      }
      return new Trained(losses, weights.sha256());
    }
  }

  @ParameterizedTest
  @CsvSource({"adamw, 1", "adamw, 2", "muon, 2"})
  void losses_fall_as_with_our_kernels(String optimizer, int shards) {
    Trained kernels = train(optimizer, shards, new Workers(1));
    Trained stock = train(optimizer, shards, new Workers(2, Engine.STOCK));
    for (int i = 0; i < kernels.losses.size(); i++) {
      assertThat(stock.losses.get(i)).isCloseTo(kernels.losses.get(i), offset(1e-4));
    }
    assertThat(stock.weights).isNotEqualTo(kernels.weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  void one_and_two_threads_give_the_same_bits(String optimizer) {
    assertThat(train(optimizer, 2, new Workers(2, Engine.STOCK)))
        .isEqualTo(train(optimizer, 2, new Workers(1, Engine.STOCK)));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void steps_read_and_write_their_arrays_through_ports_alone(Engine engine) {
    assertThat(train("adamw", 2, Workers.hiding(2, engine)))
        .isEqualTo(train("adamw", 2, new Workers(2, engine)));
  }
}
