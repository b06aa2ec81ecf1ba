package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
  void full_agreement_is_one_and_independent_labels_are_near_zero() {
    Rng rng = Seeds.of(SEED).child("kappa").rng();
    List<Boolean> a = coins(rng, 5000);
    assertThat(Agreement.kappa(a, a).orElseThrow()).isEqualTo(1);
    assertThat(Agreement.kappa(a, coins(rng, 5000)).orElseThrow())
        .as("seed %d", SEED)
        .isBetween(-0.06, 0.06);
  }

  @Test
  void kappa_meets_a_table_worked_by_hand() {
    // yes/yes 20, yes/no 5, no/yes 10, no/no 15: agreement .7, chance .5, kappa .4
    List<String> a = new ArrayList<>(Collections.nCopies(25, "yes"));
    a.addAll(Collections.nCopies(25, "no"));
    List<String> b = new ArrayList<>(Collections.nCopies(20, "yes"));
    b.addAll(Collections.nCopies(5, "no"));
    b.addAll(Collections.nCopies(10, "yes"));
    b.addAll(Collections.nCopies(15, "no"));
    assertThat(Agreement.kappa(a, b).orElseThrow()).isCloseTo(0.4, within(1e-12));
    assertThat(Agreement.kappa(b, a).orElseThrow()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void one_label_throughout_has_no_kappa() {
    assertThat(Agreement.kappa(List.of(1, 1), List.of(1, 1))).isEmpty();
  }

  @Test
  void ratings_of_different_items_are_refused() {
    assertThatThrownBy(() -> Agreement.kappa(List.of(1), List.of(1, 2)))
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

  private static List<Boolean> coins(Rng rng, int n) {
    List<Boolean> coins = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      coins.add(rng.nextBoolean());
    }
    return coins;
  }
}
