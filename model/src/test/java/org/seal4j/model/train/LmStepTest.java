package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;

class LmStepTest {
  private static final BatchShape SHAPE = new BatchShape(2, 11);

  @Test
  @Tag("slow")
  void every_weight_gradient_matches_central_differences() {
    // Odd sizes on purpose: no multiple of a vector width anywhere but the head size's evenness.
    ModelConfig config = new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, true, false, true, 7);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, SHAPE, worker)) {
      fill(step.plan(), config, 3);
      Rng rng = Seeds.of(4).rng();
      for (String name : step.trainable()) {
        INDArray array = weights.get(name);
        step.plan().run();
        INDArray gradient = step.gradient(name).dup();
        double scale = gradient.amaxNumber().doubleValue();
        for (int i = 0; i < 3; i++) {
          int at = rng.nextInt((int) array.length());
          double difference = centralDifference(step, array, at);
          assertThat(difference)
              .as("%s[%d]", name, at)
              .isCloseTo(
                  gradient.getDouble(at), org.assertj.core.data.Offset.offset(0.02 * scale + 2e-4));
        }
      }
    }
  }

  private static double centralDifference(LmStep step, INDArray array, int at) {
    double h = 5e-3;
    double held = array.getDouble(at);
    array.putScalar(at, held + h);
    step.plan().run();
    double up = step.loss();
    array.putScalar(at, held - h);
    step.plan().run();
    double down = step.loss();
    array.putScalar(at, held);
    return (up - down) / (2 * h);
  }

  @Test
  void the_same_step_twice_gives_the_same_bits() {
    ModelConfig config = ModelConfig.small(17, 16, 2, 2, 24);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker();
        LmStep a = LmStep.of(weights, name -> true, SHAPE, worker);
        LmStep b = LmStep.of(weights, name -> true, SHAPE, worker)) {
      fill(a.plan(), config, 5);
      fill(b.plan(), config, 5);
      for (int i = 0; i < 3; i++) {
        a.plan().run();
        b.plan().run();
      }
      for (String name : a.trainable()) {
        assertThat(a.gradient(name)).isEqualTo(b.gradient(name));
        assertThat(a.gradient(name).data().asBytes()).isEqualTo(b.gradient(name).data().asBytes());
      }
    }
  }

  @Test
  void a_frozen_weight_costs_no_gradient_ops() {
    ModelConfig config = ModelConfig.small(17, 16, 2, 2, 24);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker();
        LmStep all = LmStep.of(weights, name -> true, SHAPE, worker);
        LmStep head = LmStep.of(weights, name -> name.equals("lm_head.weight"), SHAPE, worker)) {
      assertThat(head.trainable()).containsExactly("lm_head.weight");
      assertThat(head.plan().size()).isLessThan(all.plan().size() / 2);
    }
  }

  static void fill(Executable plan, ModelConfig config, long seed) {
    Rng rng = Seeds.of(seed).rng();
    int rows = SHAPE.rows();
    for (int i = 0; i < rows; i++) {
      plan.array(LmInputs.IDS).putScalar(i, rng.nextInt(config.vocabSize()));
      plan.array(LmInputs.POSITIONS).putScalar(i, i % SHAPE.time());
      if (config.pairPositions() > 0) {
        plan.array(LmInputs.PAIR_POSITIONS).putScalar(i, rng.nextInt(config.pairPositions()));
      }
      plan.array(LmStep.TARGETS).putScalar(i, rng.nextInt(config.vocabSize()));
      plan.array(LmStep.LOSS_WEIGHTS).putScalar(i, rng.nextInt(3) / (double) rows);
    }
  }
}
