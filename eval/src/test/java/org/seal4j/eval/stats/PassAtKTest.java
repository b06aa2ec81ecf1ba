package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class PassAtKTest {

  @Test
  void pass_at_1_is_the_share_of_right_samples() {
    for (int c = 0; c <= 20; c++) {
      assertThat(PassAtK.estimate(20, c, 1)).isCloseTo(c / 20.0, within(1e-12));
    }
  }

  @Test
  void pass_at_n_asks_for_one_right_sample() {
    assertThat(PassAtK.estimate(7, 0, 7)).isZero();
    assertThat(PassAtK.estimate(7, 1, 7)).isEqualTo(1);
  }

  @Test
  void it_equals_the_count_over_all_subsets() {
    for (int n = 1; n <= 10; n++) {
      for (int c = 0; c <= n; c++) {
        for (int k = 1; k <= n; k++) {
          assertThat(PassAtK.estimate(n, c, k))
              .isCloseTo(shareOfSubsetsWithARightOne(n, c, k), within(1e-12));
        }
      }
    }
  }

  @Test
  void large_n_does_not_overflow() {
    assertThat(PassAtK.estimate(10_000, 100, 50)).isBetween(0.39, 0.40);
  }

  @Test
  void impossible_counts_are_refused() {
    assertThatThrownBy(() -> PassAtK.estimate(3, 1, 4)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> PassAtK.estimate(3, 4, 1)).isInstanceOf(InputException.class);
  }

  private static double shareOfSubsetsWithARightOne(int n, int c, int k) {
    int subsets = 0;
    int good = 0;
    for (int bits = 0; bits < 1 << n; bits++) {
      if (Integer.bitCount(bits) == k) {
        subsets++;
        good += (bits & ((1 << c) - 1)) != 0 ? 1 : 0;
      }
    }
    return (double) good / subsets;
  }
}
