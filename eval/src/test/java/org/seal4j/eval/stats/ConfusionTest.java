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

class ConfusionTest {
  @Test
  void the_figures_are_the_textbook_ones() {
    Confusion counts = new Confusion(20, 5, 10, 15);
    assertThat(counts.n()).isEqualTo(50);
    assertThat(counts.agreement()).isCloseTo(0.7, within(1e-12));
    assertThat(counts.precision()).isCloseTo(0.8, within(1e-12));
    assertThat(counts.recall()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(counts.kappa()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void kappa_is_that_of_the_ratings_themselves() {
    long seed = Long.getLong("seal.test.seed", 7);
    Rng rng = Seeds.of(seed).child("confusion").rng();
    for (int round = 0; round < 200; round++) {
      List<Boolean> rating = new ArrayList<>();
      List<Boolean> truth = new ArrayList<>();
      Confusion counts = Confusion.NONE;
      for (int i = 1 + rng.nextInt(20); i > 0; i--) {
        boolean said = rng.nextBoolean();
        boolean is = rng.nextInt(3) == 0 ? said : rng.nextBoolean();
        rating.add(said);
        truth.add(is);
        counts = counts.and(said, is);
      }
      assertThat(counts.kappa()).as("seed %d", seed).isCloseTo(kappa(rating, truth), within(1e-12));
    }
  }

  @Test
  void what_is_not_defined_is_zero() {
    assertThat(Confusion.NONE.agreement()).isZero();
    assertThat(new Confusion(0, 0, 3, 4).precision()).isZero();
    assertThat(new Confusion(0, 3, 0, 4).recall()).isZero();
    assertThat(new Confusion(7, 0, 0, 0).kappa()).isZero();
    assertThatThrownBy(() -> new Confusion(-1, 0, 0, 0)).isInstanceOf(InputException.class);
  }

  /** The definition, from the labels: agreement beyond that of independent raters. */
  private static double kappa(List<Boolean> a, List<Boolean> b) {
    double n = a.size();
    double same = 0;
    double chance = 0;
    for (int i = 0; i < n; i++) {
      same += a.get(i).equals(b.get(i)) ? 1 / n : 0;
      for (int j = 0; j < n; j++) {
        chance += a.get(i).equals(b.get(j)) ? 1 / (n * n) : 0;
      }
    }
    return chance > 1 - 1e-9 ? 0 : (same - chance) / (1 - chance);
  }
}
