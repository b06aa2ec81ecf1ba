package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

class MuonTest {
  private static final long SEED = Long.getLong("seal.test.seed", 1L);

  @ParameterizedTest
  @CsvSource({"8, 20", "20, 8", "16, 16", "3, 5"})
  void an_update_turns_all_singular_values_to_about_one(int rows, int columns) {
    double[][] gradient = PlainMatrix.random(rows, columns, Seeds.of(SEED).rng());
    double[] before = PlainMatrix.singularValues(gradient);
    double[] after = PlainMatrix.singularValues(updates(rows, columns, 1, 1));
    double scale = Math.sqrt(Math.max(1.0, (double) rows / columns));
    assertThat(before).hasSize(Math.min(rows, columns));
    assertThat(Arrays.stream(before).max().getAsDouble()).isGreaterThan(2);
    for (double value : after) {
      assertThat(value / scale).as("-Dseal.test.seed=%d", SEED).isBetween(0.6, 1.25);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 20", "20, 8", "7, 7"})
  void four_updates_are_those_of_a_plain_implementation(int rows, int columns) {
    double[][] fast = updates(rows, columns, 4, 0.5);
    double[][] plain = new double[rows][columns];
    double[][] momentum = new double[rows][columns];
    Rng rng = Seeds.of(SEED).rng();
    for (int step = 1; step <= 4; step++) {
      double[][] g = PlainMatrix.random(rows, columns, rng);
      momentum = PlainMatrix.sum(0.95, momentum, 0.5, g);
      double[][] nesterov = PlainMatrix.sum(0.5, g, 0.95, momentum);
      double[][] update = orthogonalised(nesterov);
      double scale = Math.sqrt(Math.max(1.0, (double) rows / columns));
      plain = PlainMatrix.sum(1, plain, scale / step, update);
    }
    for (int i = 0; i < rows; i++) {
      assertThat(fast[i])
          .as("row %d with -Dseal.test.seed=%d", i, SEED)
          .containsExactly(plain[i], offset(2e-4));
    }
  }

  @Test
  void a_zero_gradient_moves_nothing() {
    INDArray weight = Nd4j.ones(DataType.FLOAT, 3, 4);
    try (Worker worker = new Worker();
        TrainedWeight muon = TrainedWeight.of(weight, OptimizerSpec.MUON)) {
      INDArray gradient = Nd4j.zeros(DataType.FLOAT, 3, 4);
      muon.update(0, Tensors.of(gradient), 1, 0.1, 1, worker.scratch());
    }
    assertThat(weight).isEqualTo(Nd4j.ones(DataType.FLOAT, 3, 4));
  }

  /** What {@code steps} updates at rate 1 / step take from a weight, on random gradients. */
  private static double[][] updates(int rows, int columns, int steps, double gradientScale) {
    INDArray weight = Nd4j.zeros(DataType.FLOAT, rows, columns);
    Rng rng = Seeds.of(SEED).rng();
    try (Worker worker = new Worker();
        TrainedWeight muon = TrainedWeight.of(weight, OptimizerSpec.MUON)) {
      for (int step = 1; step <= steps; step++) {
        INDArray gradient = PlainMatrix.array(PlainMatrix.random(rows, columns, rng));
        muon.update(0, Tensors.of(gradient), gradientScale, 1.0 / step, step, worker.scratch());
      }
    }
    double[][] taken = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        taken[i][j] = -weight.getDouble(i, j);
      }
    }
    return taken;
  }

  /** Newton-Schulz as in the reference: on the wide side, transposed there and back. */
  private static double[][] orthogonalised(double[][] g) {
    boolean tall = g.length > g[0].length;
    double[][] x = tall ? PlainMatrix.transposed(g) : g;
    x = PlainMatrix.sum(1 / (PlainMatrix.norm(x) + 1e-7), x, 0, x);
    for (int i = 0; i < 5; i++) {
      double[][] a = PlainMatrix.product(x, PlainMatrix.transposed(x));
      double[][] b = PlainMatrix.sum(-4.7750, a, 2.0315, PlainMatrix.product(a, a));
      x = PlainMatrix.sum(3.4445, x, 1, PlainMatrix.product(b, x));
    }
    return tall ? PlainMatrix.transposed(x) : x;
  }
}
