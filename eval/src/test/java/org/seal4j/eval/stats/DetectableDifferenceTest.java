package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;

class DetectableDifferenceTest {
  private static final int TRIALS = 4000;
  private static final DetectableDifference NOISE = new DetectableDifference(0.1, 0.12, 0.08, 0.5);

  private final Rng rng = TestSeeds.of("power", 6).rng();

  /** Whether a paired t-test finds this difference in a drawn experiment. */
  private boolean found(int n, int k, int e, double difference) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double title = difference + NOISE.titles() * rng.nextGaussian();
      for (int edit = 0; edit < e; edit++) {
        double noise = Math.hypot(NOISE.edits(), NOISE.repeats());
        title += noise * (rng.nextGaussian() - rng.nextGaussian()) / e;
      }
      for (int q = 0; q < k; q++) {
        title += NOISE.questions() * rng.nextGaussian() / k;
      }
      sum += title;
      squares += title * title;
    }
    double mean = sum / n;
    double error = Math.sqrt((squares / n - mean * mean) / (n - 1));
    return Math.abs(mean) / error > PairedTasks.student(n, 0.975);
  }

  private double power(int n, int k, int e, double difference) {
    int found = 0;
    for (int i = 0; i < TRIALS; i++) {
      found += found(n, k, e, difference) ? 1 : 0;
    }
    return (double) found / TRIALS;
  }

  @Test
  void the_smallest_difference_is_found_as_often_as_it_says() {
    assertThat(power(40, 5, 1, NOISE.smallest(40, 5, 1, 0.8))).isCloseTo(0.8, within(0.025));
    assertThat(power(20, 3, 2, NOISE.smallest(20, 3, 2, 0.8))).isCloseTo(0.8, within(0.025));
    assertThat(power(40, 5, 1, 0)).isCloseTo(0.05, within(0.02));
  }

  @Test
  void more_titles_questions_and_edits_show_smaller_ones() {
    double some = NOISE.smallest(40, 5, 1, 0.8);
    assertThat(NOISE.smallest(60, 5, 1, 0.8)).isLessThan(some);
    assertThat(NOISE.smallest(40, 8, 1, 0.8)).isLessThan(some);
    assertThat(NOISE.smallest(40, 5, 2, 0.8)).isLessThan(some);
    assertThat(NOISE.smallest(40, 5, 1, 0.9)).isGreaterThan(some);
  }

  @Test
  void by_hand() {
    // variance 1 + 2 (4 + 2.25) / 2 + 9 / 3 = 10.25
    DetectableDifference noise = new DetectableDifference(1, 2, 1.5, 3);
    assertThat(noise.spread(3, 2)).isCloseTo(Math.sqrt(10.25), within(1e-12));
    // t with 9 degrees of freedom: 2.262 and 0.883
    assertThat(noise.smallest(10, 3, 2, 0.8))
        .isCloseTo((2.2622 + 0.8834) * Math.sqrt(1.025), within(1e-3));
  }

  @Test
  void one_task_is_refused() {
    assertThatThrownBy(() -> NOISE.smallest(1, 3, 1, 0.8))
        .isInstanceOf(InputException.class)
        .hasMessage("a paired test needs at least 2 tasks but has 1");
  }
}
