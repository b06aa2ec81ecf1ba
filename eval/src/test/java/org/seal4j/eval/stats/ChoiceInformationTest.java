package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class ChoiceInformationTest {
  private static final List<String> KINDS = List.of("a", "a", "b", "b");

  private static ChoiceInformation of(double... first) {
    return ChoiceInformation.of(
        KINDS, Arrays.stream(first).mapToObj(p -> new double[] {p, 1 - p}).toList());
  }

  @Test
  void a_policy_that_chooses_alike_reads_nothing_decided_or_not() {
    assertThat(of(0.5, 0.5, 0.5, 0.5)).isEqualTo(new ChoiceInformation(1, 1, 0));
    assertThat(of(0.5, 0.5, 0.5, 0.5).tasks()).isZero();
    assertThat(of(1, 1, 1, 1)).isEqualTo(new ChoiceInformation(0, 0, 0));
    assertThat(of(0.9, 0.9, 0.9, 0.9).tasks()).isCloseTo(0, within(1e-12));
  }

  @Test
  void a_policy_that_decides_by_the_kind_reads_one_bit_of_task_and_kind() {
    ChoiceInformation found = of(1, 1, 0, 0);
    assertThat(found.entropy()).isZero();
    assertThat(found.tasks()).isCloseTo(1, within(1e-12));
    assertThat(found.kinds()).isCloseTo(1, within(1e-12));
  }

  @Test
  void a_policy_that_decides_within_kinds_reads_the_task_but_not_the_kind() {
    ChoiceInformation found = of(1, 0, 1, 0);
    assertThat(found.tasks()).isCloseTo(1, within(1e-12));
    assertThat(found.kinds()).isCloseTo(0, within(1e-12));
  }

  @Test
  void by_hand() {
    // H(.25) = .811278 bits; the mean of .25 and .75 is .5
    ChoiceInformation found = of(0.25, 0.75, 0.25, 0.75);
    assertThat(found.entropy()).isCloseTo(0.8112781245, within(1e-9));
    assertThat(found.tasks()).isCloseTo(1 - 0.8112781245, within(1e-9));
  }

  @Test
  void what_is_no_distribution_is_refused() {
    assertThatThrownBy(() -> ChoiceInformation.entropy(new double[] {0.5, 0.4}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sum to 0.9");
    assertThatThrownBy(() -> ChoiceInformation.of(List.of("a"), List.of()))
        .isInstanceOf(InputException.class);
  }
}
