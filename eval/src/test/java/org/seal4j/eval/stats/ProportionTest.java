package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class ProportionTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260102L);

  @Test
  void the_interval_contains_the_estimate_and_stays_between_0_and_1() {
    for (int n = 1; n <= 60; n++) {
      for (int successes = 0; successes <= n; successes++) {
        Proportion p = new Proportion(successes, n);
        assertThat(p.wilson().contains(p.estimate())).as("%s", p).isTrue();
        assertThat(p.wilson().low()).isBetween(0.0, 1.0);
        assertThat(p.wilson().high()).isBetween(0.0, 1.0);
        assertThat(p.wilson().width()).isPositive();
      }
    }
  }

  @Test
  void successes_and_failures_are_mirror_images() {
    for (int successes = 0; successes <= 37; successes++) {
      Interval of = new Proportion(successes, 37).wilson();
      Interval mirrored = new Proportion(37 - successes, 37).wilson();
      assertThat(of.low()).isCloseTo(1 - mirrored.high(), within(1e-12));
    }
  }

  @Test
  void more_trials_and_less_confidence_make_it_shorter() {
    assertThat(new Proportion(20, 40).wilson().width())
        .isGreaterThan(new Proportion(200, 400).wilson().width());
    assertThat(new Proportion(20, 40).wilson(0.99).width())
        .isGreaterThan(new Proportion(20, 40).wilson(0.9).width());
  }

  /** The published figure of SEAL's few-shot table: 29 of 40, about 57 to 84 %. */
  @Test
  void known_values_are_met() {
    Interval seal = new Proportion(29, 40).wilson();
    assertThat(seal.low()).isCloseTo(0.5717, within(5e-4));
    assertThat(seal.high()).isCloseTo(0.8389, within(5e-4));
    assertThat(new Proportion(0, 10).wilson().high()).isCloseTo(0.2775, within(1e-4));
  }

  @Test
  void it_covers_the_truth_about_as_often_as_it_says() {
    Rng rng = Seeds.of(SEED).child("coverage").rng();
    for (double truth : new double[] {0.1, 0.3, 0.5, 0.8}) {
      int covered = 0;
      int repeats = 4000;
      for (int i = 0; i < repeats; i++) {
        int successes = 0;
        for (int t = 0; t < 100; t++) {
          successes += rng.nextDouble() < truth ? 1 : 0;
        }
        covered += new Proportion(successes, 100).wilson().contains(truth) ? 1 : 0;
      }
      assertThat((double) covered / repeats).as("seed %d, %s", SEED, truth).isBetween(0.925, 0.975);
    }
  }

  @Test
  void impossible_counts_are_refused() {
    assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new Proportion(0, 0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new Proportion(-1, 2)).isInstanceOf(InputException.class);
  }
}
