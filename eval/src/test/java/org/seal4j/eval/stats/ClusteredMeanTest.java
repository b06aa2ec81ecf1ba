package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class ClusteredMeanTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127L);
  private static final Seeds SEEDS = Seeds.of(SEED);

  @Test
  void kinds_that_agree_within_themselves_widen_the_interval() {
    List<String> kinds = new ArrayList<>();
    double[] values = new double[60];
    for (int t = 0; t < 60; t++) {
      kinds.add("kind " + t % 6);
      values[t] = t % 6 < 3 ? 1 : 0;
    }
    ClusteredMean mean = ClusteredMean.ofShares(kinds, values, SEEDS);
    assertThat(mean.mean()).isEqualTo(0.5);
    assertThat(mean.effect().value()).isGreaterThan(9);
    assertThat(mean.byKinds().width()).isGreaterThan(3 * mean.naive().width());
    assertThat(mean.bootstrapped().width()).isGreaterThan(2 * mean.naive().width());
    // Six kinds of 0 and 1: error sqrt(.3 / 6), Student's quantile with 5 degrees of freedom
    // 2.5706;
    // more than there can be, which is cut.
    Interval wide = mean.effect().clusteredInterval(-9, 9);
    assertThat(wide.low()).isCloseTo(0.5 - 2.5706 * Math.sqrt(0.3 / 6), within(1e-3));
    assertThat(mean.byKinds()).isEqualTo(new Interval(0, 1));
  }

  @Test
  void the_interval_by_kinds_holds_the_truth_19_times_of_20_with_six_kinds() {
    System.out.println("seed " + SEED);
    Rng rng = SEEDS.rng();
    int runs = 2000;
    int held = 0;
    for (int run = 0; run < runs; run++) {
      List<List<Double>> kinds = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        double kind = rng.nextGaussian();
        List<Double> items = new ArrayList<>();
        for (int t = 0; t < 10; t++) {
          items.add(kind + rng.nextGaussian());
        }
        kinds.add(items);
      }
      held += DesignEffect.of(kinds).clusteredInterval(-100, 100).contains(0) ? 1 : 0;
    }
    assertThat((double) held / runs).isCloseTo(0.95, within(0.02));
  }

  @Test
  void differences_are_paired_and_an_interval_never_has_length_zero() {
    List<String> kinds = List.of("a", "a", "b", "c");
    double[] after = {1, 1, 1, 1};
    double[] before = {0.5, 0.5, 0.5, 0.5};
    ClusteredMean difference = ClusteredMean.ofDifferences(kinds, after, before, SEEDS);
    assertThat(difference.mean()).isEqualTo(0.5);
    assertThat(difference.byKinds().width()).isGreaterThan(0.1);
    assertThat(difference.bootstrapped()).isEqualTo(difference.byKinds());
    assertThat(ClusteredMean.ofShares(kinds, after, SEEDS).byKinds().high()).isEqualTo(1);
  }

  @Test
  void a_single_kind_has_the_naive_interval() {
    ClusteredMean mean =
        ClusteredMean.ofShares(List.of("a", "a", "a"), new double[] {1, 0, 1}, SEEDS);
    assertThat(mean.byKinds()).isEqualTo(mean.naive());
  }

  @Test
  void unequal_sides_are_refused() {
    assertThatThrownBy(
            () ->
                ClusteredMean.ofDifferences(
                    List.of("a"), new double[] {1}, new double[] {1, 0}, SEEDS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there are 1 and 2");
  }
}
