package org.seal4j.scripts.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeGateTest {
  private static final MergeGate GATE = new MergeGate(0.07, 0.1, 5);

  @Test
  void a_merge_within_the_budget_is_whole_and_asked_about_once() {
    List<Double> tried = new ArrayList<>();
    double scale =
        GATE.scale(
            0.9,
            s -> {
              tried.add(s);
              return 0.83;
            });
    assertThat(scale).isEqualTo(1);
    assertThat(tried).containsExactly(1.0);
  }

  @Test
  void a_merge_that_costs_too_much_is_halved_in_to_the_largest_scale_that_does_not() {
    List<Double> tried = new ArrayList<>();
    double scale =
        GATE.scale(
            1,
            s -> {
              tried.add(s);
              return s <= 0.6 ? 1 : 0.5;
            });
    assertThat(scale).isLessThanOrEqualTo(0.6).isCloseTo(0.6, offset(0.9 / 32));
    assertThat(tried).hasSize(7).startsWith(1.0, 0.1, 0.55, 0.775);
  }

  @Test
  void a_merge_that_costs_too_much_even_at_the_smallest_scale_is_refused() {
    assertThat(GATE.scale(1, s -> 0.5)).isZero();
  }

  @Test
  void a_budget_of_nothing_lets_in_what_costs_nothing() {
    assertThat(new MergeGate(0, 0.1, 5).scale(0.5, s -> 0.5)).isEqualTo(1);
    assertThatThrownBy(() -> new MergeGate(0.07, 1.5, 5)).hasMessageContaining("minScale");
  }
}
