package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;

class EquivalenceTest {
  private static final double MARGIN = 0.03;
  private static final int TRIALS = 2000;

  private final Rng rng = TestSeeds.of("equivalence", 5).rng();

  /** Both sides of so many titles, each with edits that share what the title is like. */
  private Equivalence drawn(int titles, double difference, double between, double within) {
    List<Outcome> after = new ArrayList<>();
    List<Outcome> before = new ArrayList<>();
    for (int i = 0; i < titles; i++) {
      double title = 0.5 + 0.1 * rng.nextGaussian();
      double own = difference + between * rng.nextGaussian();
      for (int e = 0; e < 3; e++) {
        after.add(new Outcome("title " + i, title + own + within * rng.nextGaussian()));
        before.add(new Outcome("title " + i, title + within * rng.nextGaussian()));
      }
    }
    return Equivalence.of(after, before, MARGIN);
  }

  private double shareShown(int titles, double difference, double between, double within) {
    int shown = 0;
    for (int i = 0; i < TRIALS; i++) {
      shown += drawn(titles, difference, between, within).shown() ? 1 : 0;
    }
    return (double) shown / TRIALS;
  }

  @Test
  void a_difference_as_large_as_the_margin_is_called_none_in_one_of_twenty_runs() {
    assertThat(shareShown(40, MARGIN, 0.03, 0.02)).isCloseTo(0.05, within(0.02));
    assertThat(shareShown(12, -MARGIN, 0.01, 0.01)).isCloseTo(0.05, within(0.02));
  }

  @Test
  void no_difference_is_found_to_be_none_where_there_are_titles_enough() {
    assertThat(shareShown(60, 0, 0.04, 0.03)).isGreaterThan(0.95);
    assertThat(shareShown(10, 0, 0.1, 0.05)).isLessThan(0.05);
  }

  @Test
  void the_interval_holds_the_true_difference_in_nine_of_ten_runs() {
    int held = 0;
    for (int i = 0; i < TRIALS; i++) {
      held += drawn(15, 0.02, 0.05, 0.03).interval().contains(0.02) ? 1 : 0;
    }
    assertThat((double) held / TRIALS).isCloseTo(0.9, within(0.025));
  }

  @Test
  void titles_that_all_agree_show_nothing_while_they_are_few() {
    List<Outcome> few = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      few.add(new Outcome("title " + i, 0));
    }
    assertThat(Equivalence.of(few, few, MARGIN).shown()).isFalse();
    for (int i = 10; i < 200; i++) {
      few.add(new Outcome("title " + i, 0));
    }
    assertThat(Equivalence.of(few, few, MARGIN).shown()).isTrue();
  }

  @Test
  void other_titles_and_a_margin_of_nothing_are_refused() {
    List<Outcome> one = List.of(new Outcome("a", 1), new Outcome("b", 0));
    assertThatThrownBy(() -> Equivalence.of(one, one.subList(0, 1), MARGIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("task b was tried in only one of them");
    assertThatThrownBy(() -> Equivalence.of(one, one, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("a margin of equivalence must be finite and > 0 but was 0.0");
  }
}
