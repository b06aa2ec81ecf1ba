package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class AgreementTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260104L);

  @Test
  void rank_correlation_sees_the_order_alone() {
    Rng rng = Seeds.of(SEED).child("monotone").rng();
    double[] x = draws(rng, 30);
    double[] grown = Arrays.stream(x).map(v -> Math.exp(3 * v)).toArray();
    double[] fallen = Arrays.stream(x).map(v -> -v * v * v).toArray();
    assertThat(Agreement.spearman(x, grown).orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(Agreement.spearman(x, fallen).orElseThrow()).isCloseTo(-1, within(1e-12));
  }

  @Test
  void rank_correlation_is_symmetric_and_shares_ranks_of_ties() {
    double[] x = {1, 2, 2, 3};
    double[] y = {1, 3, 2, 4};
    double rho = Agreement.spearman(x, y).orElseThrow();
    assertThat(rho).isCloseTo(0.9486832980505138, within(1e-12));
    assertThat(Agreement.spearman(y, x).orElseThrow()).isCloseTo(rho, within(1e-12));
  }

  @Test
  void a_constant_side_has_no_rank_correlation() {
    assertThat(Agreement.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isEmpty();
  }

  @Test
  void ratings_of_different_items_are_refused() {
    assertThatThrownBy(() -> Agreement.spearman(new double[] {1, 2}, new double[] {1, 2, 3}))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> Agreement.spearman(new double[] {1}, new double[] {1}))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> Agreement.spearman(new double[] {1, Double.NaN}, new double[] {1, 2}))
        .isInstanceOf(InputException.class);
  }

  private static double[] draws(Rng rng, int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> rng.nextDouble());
    return values;
  }
}
