package org.seal4j.lora.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.FloatBuffer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.model.plan.Tensors;

class MainSubspaceTest {
  /**
   * A matrix whose singular values fall as those of trained weights do: a few large, a long tail.
   */
  private static INDArray weight(int out, int in, Rng rng) {
    INDArray weight = Tensors.zeros(out, in);
    double[][] rows = new double[out][in];
    for (int k = 0; k < Math.min(out, in); k++) {
      double[] left = gaussian(out, rng);
      double[] right = gaussian(in, rng);
      for (int o = 0; o < out; o++) {
        ThinQr.add(rows[o], left[o] / (1 + 0.2 * k), right);
      }
    }
    FloatBuffer to = Tensors.of(weight).f();
    for (double[] row : rows) {
      for (double x : row) {
        to.put((float) x);
      }
    }
    return weight;
  }

  private static double[] gaussian(int length, Rng rng) {
    double[] x = new double[length];
    for (int i = 0; i < length; i++) {
      x[i] = rng.nextGaussian();
    }
    return x;
  }

  private static SingularValueDecomposition svd(INDArray weight) {
    double[][] rows = new double[(int) weight.size(0)][(int) weight.size(1)];
    for (int o = 0; o < rows.length; o++) {
      for (int i = 0; i < rows[o].length; i++) {
        rows[o][i] = weight.getDouble(o, i);
      }
    }
    return new SingularValueDecomposition(new Array2DRowRealMatrix(rows));
  }

  @Test
  void the_weights_own_components_lie_in_it_wholly_or_not_at_all() {
    Rng rng = TestSeeds.of("subspace", 1).rng();
    for (int[] shape : new int[][] {{60, 90}, {90, 60}, {30, 30}}) {
      int size = 10;
      try (INDArray weight = weight(shape[0], shape[1], rng)) {
        MainSubspace main = MainSubspace.of(weight, size);
        SingularValueDecomposition whole = svd(weight);
        for (int k = 0; k < 30; k++) {
          double[] left = whole.getU().getColumn(k);
          double[] right = whole.getV().getColumn(k);
          if (k < size - 2) {
            assertThat(main.similarity(left, right)).isGreaterThan(0.999);
          } else if (k > size + 2) {
            assertThat(main.similarity(left, right)).isLessThan(0.02);
          }
        }
      }
    }
  }

  @Test
  void similarities_are_those_that_the_whole_svd_gives() {
    Rng rng = TestSeeds.of("subspace", 1).rng();
    int size = 12;
    try (INDArray weight = weight(96, 70, rng)) {
      MainSubspace main = MainSubspace.of(weight, size);
      SingularValueDecomposition whole = svd(weight);
      for (int i = 0; i < 20; i++) {
        double[] left = unit(gaussian(96, rng));
        double[] right = unit(gaussian(70, rng));
        double expected = 1;
        for (int side = 0; side < 2; side++) {
          double squares = 0;
          for (int k = 0; k < size; k++) {
            double along =
                side == 0
                    ? ThinQr.dot(whole.getU().getColumn(k), left)
                    : ThinQr.dot(whole.getV().getColumn(k), right);
            squares += along * along;
          }
          expected *= Math.sqrt(squares);
        }
        assertThat(main.similarity(left, right)).isCloseTo(expected, offset(5e-3));
      }
    }
  }

  private static double[] unit(double[] x) {
    double[] unit = new double[x.length];
    ThinQr.add(unit, 1 / ThinQr.norm(x), x);
    return unit;
  }

  @Test
  void all_directions_hold_everything_and_a_weight_of_zeros_has_no_direction() {
    Rng rng = TestSeeds.of("subspace", 1).rng();
    double[] left = unit(gaussian(20, rng));
    double[] right = unit(gaussian(14, rng));
    try (INDArray weight = weight(20, 14, rng);
        INDArray zeros = Tensors.zeros(20, 14)) {
      // All 14 directions of the right side, and 14 of 20 on the left one.
      assertThat(MainSubspace.of(weight, 14).similarity(left, right)).isBetween(0.5, 1.0);
      assertThat(MainSubspace.of(zeros, 3).similarity(left, right)).isZero();
    }
  }
}
