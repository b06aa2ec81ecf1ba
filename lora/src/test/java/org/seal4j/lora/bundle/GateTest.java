package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The threshold of a gate. */
class GateTest {
  @Test
  void questions_that_are_apart_are_told_apart_halfway() {
    Gate gate = Gate.between(List.of(0.9, 0.6), List.of(0.2, 0.1, 0.0));
    assertThat(gate).isEqualTo(new Gate(0.4, 2, 2, 3, 0));
    assertThat(gate.passes(0.4)).isTrue();
    assertThat(gate.passes(Math.nextDown(0.4))).isFalse();
    assertThat(gate.sentence())
        .isEqualTo(
            "from evidence 0.400 on; so 2 of 2 questions about the passages pass, and 0 of 3"
                + " others");
  }

  @Test
  void shares_count_and_not_numbers() {
    // Letting the one unknown question in costs more than keeping one of many known ones out.
    Gate gate = Gate.between(List.of(0.1, 0.5, 0.6, 0.7, 0.8), List.of(0.3));
    assertThat(gate).isEqualTo(new Gate(0.4, 5, 4, 1, 0));
  }

  @Test
  void of_equally_good_places_the_lowest_is_taken() {
    Gate gate = Gate.between(List.of(0.2, 0.6), List.of(0.1, 0.5));
    assertThat(gate.threshold()).isEqualTo(0.1 + (0.2 - 0.1) / 2);
  }

  @Test
  void without_known_questions_all_others_stay_out_and_without_others_all_come_in() {
    assertThat(Gate.between(List.of(), List.of(0.3, 0.2)).threshold()).isEqualTo(Math.nextUp(0.3));
    Gate open = Gate.between(List.of(0.3), List.of());
    assertThat(open.passes(-1)).isTrue();
    assertThat(Gate.open().sentence()).isEqualTo("lets every question through");
  }

  @Test
  void evidence_that_is_the_same_everywhere_keeps_nothing_out() {
    assertThat(Gate.between(List.of(0.5, 0.5), List.of(0.5))).isEqualTo(new Gate(-1, 2, 2, 1, 1));
  }
}
