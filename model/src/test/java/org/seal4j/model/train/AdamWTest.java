package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

class AdamWTest {
  private static final long SEED = Long.getLong("seal.test.seed", 1L);

  @ParameterizedTest
  @CsvSource({"1, 0", "13, 0.1", "4101, 0.3"})
  void thirty_updates_are_those_of_the_paper_in_double_precision(int size, double decay) {
    AdamWConfig config = new AdamWConfig(0.9, 0.95, 1e-6, decay);
    Rng rng = Seeds.of(SEED).child("adamw", size).rng();
    INDArray weight = Nd4j.zeros(DataType.FLOAT, size);
    double[] w = new double[size];
    double[] m = new double[size];
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      w[i] = (float) rng.nextGaussian();
      weight.putScalar(i, w[i]);
    }
    INDArray gradient = Nd4j.zeros(DataType.FLOAT, size);
    try (Worker worker = new Worker();
        TrainedWeight trained = TrainedWeight.of(weight, OptimizerSpec.adamW(config))) {
      for (int step = 1; step <= 30; step++) {
        double rate = 0.01 / step;
        double scale = step % 3 == 0 ? 0.25 : 1;
        for (int i = 0; i < size; i++) {
          double g = (float) (rng.nextGaussian() * Math.pow(10, rng.between(-4, 1)));
          gradient.putScalar(i, g);
          g *= scale;
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.95 * v[i] + 0.05 * g * g;
          double mHat = m[i] / (1 - Math.pow(0.9, step));
          double vHat = v[i] / (1 - Math.pow(0.95, step));
          w[i] -= rate * (mHat / (Math.sqrt(vHat) + 1e-6) + decay * w[i]);
        }
        trained.update(0, Tensors.of(gradient), scale, rate, step, worker.scratch());
      }
    }
    for (int i = 0; i < size; i++) {
      assertThat(weight.getDouble(i))
          .as("[%d] with -Dseal.test.seed=%d", i, SEED)
          .isCloseTo(w[i], offset(2e-6));
    }
  }

  @Test
  void a_zero_gradient_moves_nothing_but_the_decay() {
    INDArray weight = Nd4j.createFromArray(2f, -4f, 0f);
    OptimizerSpec adamW = OptimizerSpec.adamW(new AdamWConfig(0.9, 0.999, 1e-8, 0.5));
    try (Worker worker = new Worker();
        TrainedWeight trained = TrainedWeight.of(weight, adamW)) {
      INDArray gradient = Nd4j.zeros(DataType.FLOAT, 3);
      trained.update(0, Tensors.of(gradient), 1, 0.5, 1, worker.scratch());
    }
    assertThat(weight.toFloatVector()).containsExactly(1.5f, -3f, 0f);
  }

  @Test
  void its_numbers_are_told_in_the_same_order_by_every_program() {
    // Checkpoints compare them as text.
    assertThat(OptimizerSpec.adamW(new AdamWConfig(0.8, 0.9, 1e-7, 0.1)))
        .hasToString(
            "OptimizerSpec[name=adamw, options={beta1=0.8, beta2=0.9, eps=1.0E-7, weightDecay=0.1}]");
  }

  @Test
  void numbers_out_of_range_are_refused_by_name() {
    assertThatThrownBy(() -> new AdamWConfig(1, 0.9, 1e-8, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adamW.beta1");
    assertThatThrownBy(() -> new AdamWConfig(0.9, -0.1, 1e-8, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adamW.beta2");
    assertThatThrownBy(() -> new AdamWConfig(0.9, 0.9, 0, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adamW.eps");
    assertThatThrownBy(() -> new AdamWConfig(0.9, 0.9, 1e-8, Double.NaN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adamW.weightDecay");
  }
}
