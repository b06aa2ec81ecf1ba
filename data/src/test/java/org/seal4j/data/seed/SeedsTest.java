package org.seal4j.data.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void the_same_names_give_the_same_stream() {
    Rng a = Seeds.of(42).child("inner", "task-1", 3).rng();
    Rng b = Seeds.of(42).child("inner", "task-1", 3).rng();
    for (int i = 0; i < 100; i++) {
      assertThat(a.nextLong()).isEqualTo(b.nextLong());
    }
  }

  @Test
  void different_names_or_keys_give_different_seeds() {
    Set<Long> seen = new HashSet<>();
    for (int root = 0; root < 20; root++) {
      for (String name : new String[] {"a", "b", "ab", ""}) {
        for (int key = 0; key < 50; key++) {
          seen.add(Seeds.of(root).child(name, key).value());
        }
      }
    }
    assertThat(seen).hasSize(20 * 4 * 50);
    assertThat(Seeds.of(1).child("a", "bc")).isNotEqualTo(Seeds.of(1).child("ab", "c"));
  }

  @Test
  void a_bounded_draw_is_uniform_within_five_standard_errors() {
    Rng rng = Seeds.of(7).rng();
    int[] counts = new int[10];
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      counts[rng.nextInt(10)]++;
    }
    double se = Math.sqrt(n * 0.1 * 0.9);
    for (int count : counts) {
      assertThat((double) count).isBetween(n / 10.0 - 5 * se, n / 10.0 + 5 * se);
    }
  }

  @Test
  void a_normal_draw_has_mean_zero_and_variance_one() {
    Rng rng = Seeds.of(8).rng();
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = rng.nextGaussian();
      sum += x;
      squares += x * x;
    }
    assertThat(sum / n).isBetween(-0.02, 0.02);
    assertThat(squares / n).isBetween(0.97, 1.03);
  }

  @Test
  void a_permutation_holds_every_index_once() {
    int[] order = Seeds.of(9).rng().permutation(50);
    Set<Integer> seen = new HashSet<>();
    for (int i : order) {
      seen.add(i);
    }
    assertThat(seen).hasSize(50);
  }
}
