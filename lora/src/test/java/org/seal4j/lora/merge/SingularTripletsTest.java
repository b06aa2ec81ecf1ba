package org.seal4j.lora.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;

class SingularTripletsTest {
  private static final int OUT = 40;
  private static final int IN = 27;

  private final Rng rng = TestSeeds.of("merge", 1).rng();

  private double[][] columns(int count, int length) {
    double[][] columns = new double[count][length];
    for (double[] column : columns) {
      for (int i = 0; i < length; i++) {
        column[i] = rng.nextGaussian();
      }
    }
    return columns;
  }

  private LowRankUpdate update(int rank) {
    return new LowRankUpdate(OUT, IN, -0.7, columns(rank, OUT), columns(rank, IN));
  }

  static double[][] matrix(LowRankUpdate update) {
    double[][] rows = new double[update.out()][update.in()];
    for (int o = 0; o < rows.length; o++) {
      update.row(o, rows[o]);
    }
    return rows;
  }

  static double distance(LowRankUpdate a, LowRankUpdate b) {
    return new Array2DRowRealMatrix(matrix(a))
        .subtract(new Array2DRowRealMatrix(matrix(b)))
        .getFrobeniusNorm();
  }

  @Test
  void the_values_are_those_of_the_whole_matrix_and_the_parts_sum_to_it() {
    for (int rank : new int[] {1, 5, 27, 35}) {
      LowRankUpdate update = update(rank);
      SingularValueDecomposition whole =
          new SingularValueDecomposition(new Array2DRowRealMatrix(matrix(update)));
      List<SingularTriplets.Triplet> found = update.svd().all();
      assertThat(found).hasSize(Math.min(rank, IN));
      for (int k = 0; k < found.size(); k++) {
        assertThat(found.get(k).value())
            .isCloseTo(whole.getSingularValues()[k], offset(1e-11 * whole.getNorm()));
        for (int j = 0; j <= k; j++) {
          double same = j == k ? 1 : 0;
          assertThat(ThinQr.dot(found.get(k).left(), found.get(j).left()))
              .isCloseTo(same, offset(1e-11));
          assertThat(ThinQr.dot(found.get(k).right(), found.get(j).right()))
              .isCloseTo(same, offset(1e-11));
        }
      }
      assertThat(distance(update.svd().update(), update)).isLessThan(1e-11 * whole.getNorm());
    }
  }

  @Test
  void the_error_of_the_best_approximation_is_what_it_leaves_out() {
    LowRankUpdate update = update(12);
    List<SingularTriplets.Triplet> all = update.svd().all();
    for (int rank : new int[] {1, 4, 11}) {
      double left =
          Math.sqrt(all.stream().skip(rank).mapToDouble(t -> t.value() * t.value()).sum());
      assertThat(distance(update.svd().first(rank).update(), update))
          .isCloseTo(left, offset(1e-10 * left));
    }
  }

  @Test
  void products_that_depend_on_others_and_products_of_nothing_add_no_part() {
    LowRankUpdate once = update(6);
    LowRankUpdate twice = LowRankUpdate.sum(List.of(once, once.times(0.25)));
    assertThat(twice.rank()).isEqualTo(12);
    assertThat(twice.svd().all()).hasSize(6);
    assertThat(distance(twice.svd().update(), once.times(1.25))).isLessThan(1e-10);
    assertThat(LowRankUpdate.sum(List.of(once, once.times(-1))).svd().all()).isEmpty();
    assertThat(once.times(0).svd().all()).isEmpty();
    LowRankUpdate none = new LowRankUpdate(OUT, IN, 1, new double[2][OUT], new double[2][IN]);
    assertThat(none.svd().update().rank()).isZero();
  }

  @Test
  void a_sum_adds_matrices_whatever_their_scales() {
    LowRankUpdate a = update(3);
    LowRankUpdate b = new LowRankUpdate(OUT, IN, 2, columns(4, OUT), columns(4, IN));
    double[][] sum = matrix(LowRankUpdate.sum(List.of(a.times(0.3), b.times(0), b)));
    double[][] one = matrix(a);
    double[][] other = matrix(b);
    for (int o = 0; o < OUT; o++) {
      for (int i = 0; i < IN; i++) {
        assertThat(sum[o][i]).isCloseTo(0.3 * one[o][i] + other[o][i], offset(1e-12));
      }
    }
  }
}
