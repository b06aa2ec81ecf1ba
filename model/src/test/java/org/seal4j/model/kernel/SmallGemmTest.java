package org.seal4j.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.kernel.SmallGemm.View;

class SmallGemmTest {
  private static final long SEED = Long.getLong("seal.test.seed", 1L);
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 33};

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("slow")
  void every_output_is_one_chain_of_fused_products_in_order(boolean accumulate) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          Rng rng = Seeds.of(SEED).child("gemm", m, n, k).rng();
          float[] a = random(rng, m * k + 3);
          float[] b = random(rng, k * (n + 2) + 5);
          float[] c = random(rng, m * (n + 1) + 4);
          View left = View.of(a, 3, k);
          View right = View.of(b, 5, n + 2);
          float[] expected = c.clone();
          chain(left, right, View.of(expected, 4, n + 1), new int[] {0, m, n, 0, k}, accumulate);

          SmallGemm.multiply(
              left, right, View.of(c, 4, n + 1), new int[] {0, m, n, 0, k}, accumulate);

          assertThat(Arrays.equals(c, expected))
              .as("m %d, n %d, k %d, -Dseal.test.seed=%d", m, n, k, SEED)
              .isTrue();
        }
      }
    }
  }

  @Test
  void a_transposed_view_and_a_part_of_the_rows_and_sums_work_alike() {
    for (int m : SIZES) {
      Rng rng = Seeds.of(SEED).child("gemm parts", m).rng();
      int k = 19;
      int n = 21;
      float[] a = random(rng, k * m);
      float[] b = random(rng, k * n);
      float[] c = random(rng, m * n);
      View transposed = new View(a, 0, 1, m);
      int[] part = {m / 3, m, n, 4, 15};
      float[] expected = c.clone();
      chain(transposed, View.of(b, 0, n), View.of(expected, 0, n), part, true);

      SmallGemm.multiply(transposed, View.of(b, 0, n), View.of(c, 0, n), part, true);

      assertThat(Arrays.equals(c, expected)).as("m %d, -Dseal.test.seed=%d", m, SEED).isTrue();
    }
  }

  private static void chain(View a, View b, View c, int[] range, boolean accumulate) {
    for (int i = range[0]; i < range[1]; i++) {
      for (int j = 0; j < range[2]; j++) {
        int at = c.at() + i * c.rows() + j;
        float sum = accumulate ? c.x()[at] : 0f;
        for (int k = range[3]; k < range[4]; k++) {
          sum =
              Math.fma(
                  a.x()[a.at() + i * a.rows() + k * a.columns()],
                  b.x()[b.at() + k * b.rows() + j],
                  sum);
        }
        c.x()[at] = sum;
      }
    }
  }

  private static float[] random(Rng rng, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) rng.nextGaussian();
    }
    return x;
  }
}
