package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

class LoraStepTest {
  private static final BatchShape SHAPE = new BatchShape(2, 9);

  @Tag("slow")
  @Test
  void every_factor_gradient_matches_central_differences_the_head_included() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(3, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker();
        LoraStep step = new LoraStep(weights, bank, 2, SHAPE, worker)) {
      fill(step);
      assertThat(step.parameters()).hasSize(2 * 15);
      Rng rng = Seeds.of(4).rng();
      for (int p = 0; p < step.parameters().size(); p++) {
        step.run();
        INDArray gradient = step.gradients().get(p).dup();
        double scale = gradient.amaxNumber().doubleValue();
        assertThat(scale).isPositive();
        for (int i = 0; i < 3; i++) {
          int at = rng.nextInt((int) gradient.length());
          double difference = centralDifference(step.parameters().get(p), at, () -> loss(step));
          assertThat(difference)
              .as("parameter %d[%d]", p, at)
              .isCloseTo(gradient.getDouble(at), offset(0.02 * scale + 2e-4));
        }
      }
    }
  }

  @Test
  void one_adapter_of_a_step_is_what_a_step_of_the_whole_model_sees_after_a_merge() {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker();
        LoraStep step = new LoraStep(weights, bank, 2, SHAPE, worker)) {
      fill(step);
      step.run();
      List<TokenSequence> second = TinyTasks.sequences(4, 5, 10, Seeds.of(3)).subList(2, 4);
      org.seal4j.lora.io.Merge.merge(weights, bank, 1).close();
      try (LmStep lm = LmStep.of(weights, name -> true, SHAPE, worker)) {
        new BatchFiller(lm.plan(), SHAPE).fill(0, second, 0.1);
        lm.plan().run();
        assertThat(lm.loss()).isCloseTo(step.loss(1), offset(1e-5));
      }
    }
  }

  @Test
  void logits_of_the_rows_with_a_loss_alone_give_the_same_loss_and_gradients() {
    LoraShape some = new LoraShape(SHAPE, 0, 12, 0);
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker();
        LoraStep all = new LoraStep(weights, bank, 2, SHAPE, worker);
        LoraStep chosen = new LoraStep(weights, bank, 2, some, worker, null)) {
      fill(all);
      fill(chosen);
      requireEqual(all, chosen);
    }
  }

  @Test
  void layers_below_the_first_adapter_can_be_computed_before() {
    LoraConfig lora = new LoraConfig(3, 6, false, new TargetModules("last 1: all-linear"));
    LoraShape upper = new LoraShape(SHAPE, 1, 0, 0);
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, lora, Seeds.of(2));
        Worker worker = new Worker();
        FrozenLayers below = new FrozenLayers(weights, 1, worker);
        LoraStep whole = new LoraStep(weights, bank, 2, SHAPE, worker);
        LoraStep half = new LoraStep(weights, bank, 2, upper, worker, below)) {
      fill(whole);
      fill(half);
      assertThat(half.plan().has("ids")).isFalse();
      assertThat(half.parameters()).hasSize(2 * 7);
      requireEqual(whole, half);
    }
  }

  @Test
  void more_rows_with_a_loss_than_there_are_logits_of_are_refused() {
    LoraShape few = new LoraShape(SHAPE, 0, 1, 0);
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker();
        LoraStep step = new LoraStep(weights, bank, 2, few, worker, null)) {
      assertThatThrownBy(() -> fill(step))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has more with a loss");
    }
  }

  private static void requireEqual(LoraStep expected, LoraStep actual) {
    expected.run();
    actual.run();
    for (int adapter = 0; adapter < 2; adapter++) {
      assertThat(expected.loss(adapter)).isPositive();
      assertThat(actual.loss(adapter)).isCloseTo(expected.loss(adapter), offset(1e-6));
    }
    for (int p = 0; p < expected.gradients().size(); p++) {
      float[] gradient = expected.gradients().get(p).dup().data().asFloat();
      assertThat(actual.gradients().get(p).dup().data().asFloat())
          .containsExactly(gradient, offset(1e-6f));
    }
  }

  private static void fill(LoraStep step) {
    List<TokenSequence> sequences = TinyTasks.sequences(4, 5, 10, Seeds.of(3));
    step.fill(0, sequences.subList(0, 2), 0.1);
    step.fill(1, sequences.subList(2, 4), 0.1);
  }

  private static double loss(LoraStep step) {
    step.run();
    return step.loss(0) + step.loss(1);
  }

  private static double centralDifference(INDArray array, int at, DoubleSupplier loss) {
    double h = 5e-3;
    float held = array.getFloat(at);
    array.putScalar(at, held + h);
    double up = loss.getAsDouble();
    array.putScalar(at, held - h);
    double down = loss.getAsDouble();
    array.putScalar(at, held);
    return (up - down) / (2 * h);
  }
}
