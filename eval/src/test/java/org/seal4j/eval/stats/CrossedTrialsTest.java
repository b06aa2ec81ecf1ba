package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class CrossedTrialsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127L);

  /**
   * Two kinds of two tasks and three configurations, always with the same result: the first solves
   * kind a, the second kind b, the third one task of each.
   */
  private static final List<String> KINDS = List.of("a", "a", "b", "b");

  private static final double[][][] SOLVED = {
    {{1, 1}, {0, 0}, {1, 1}},
    {{1, 1}, {0, 0}, {0, 0}},
    {{0, 0}, {1, 1}, {1, 1}},
    {{0, 0}, {1, 1}, {0, 0}}
  };

  private static final CrossedTrials TRIALS = new CrossedTrials(KINDS, SOLVED, SOLVED);

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void a_random_configuration_solves_the_mean_of_all() {
    assertThat(TRIALS.random())
        .containsExactly(new double[] {2 / 3.0, 1 / 3.0, 2 / 3.0, 1 / 3.0}, within(1e-12));
  }

  @Test
  void one_configuration_for_all_is_chosen_on_the_other_kinds_alone() {
    // What is best for kind b solves nothing of kind a, and the other way round.
    assertThat(TRIALS.chosenOnOtherKinds()).containsExactly(1, 1, 0, 0);
    assertThat(mean(TRIALS.of(TRIALS.chosenOnOtherKinds()))).isZero();
  }

  @Test
  void the_best_of_a_kind_is_chosen_on_its_other_tasks() {
    // The other task of a kind is solved by its own configuration, which solves this one, too.
    assertThat(TRIALS.chosenOnItsKind()).containsExactly(0, 0, 1, 1);
    assertThat(mean(TRIALS.of(TRIALS.chosenOnItsKind()))).isEqualTo(1);
  }

  @Test
  void a_task_that_is_alone_in_its_kind_has_no_choice_by_kind() {
    CrossedTrials alone = new CrossedTrials(List.of("a", "a", "b", "c"), SOLVED, SOLVED);
    assertThat(alone.chosenOnItsKind()).containsExactly(0, 0, -1, -1);
  }

  @Test
  void without_chance_both_oracles_solve_what_can_be_solved() {
    assertThat(mean(TRIALS.oracle())).isEqualTo(1);
    assertThat(mean(TRIALS.apparentOracle())).isEqualTo(1);
  }

  @Test
  void where_all_is_chance_the_examined_oracle_is_worth_no_more_than_a_random_configuration() {
    System.out.println("seed " + SEED);
    Rng rng = Seeds.of(SEED).rng();
    double[][][] coins = new double[2000][8][2];
    for (double[][] task : coins) {
      for (double[] configuration : task) {
        Arrays.setAll(configuration, r -> rng.nextBoolean() ? 1 : 0);
      }
    }
    CrossedTrials trials = new CrossedTrials(Collections.nCopies(2000, "kind"), coins, coins);
    assertThat(mean(trials.random())).isCloseTo(0.5, within(0.02));
    assertThat(mean(trials.oracle())).isCloseTo(0.5, within(0.04));
    // Chosen and judged by both trainings: 1 where one of eight configurations has two heads.
    double both = 1 - Math.pow(0.75, 8);
    double one = 1 - both - Math.pow(0.25, 8);
    assertThat(mean(trials.apparentOracle())).isCloseTo(both + 0.5 * one, within(0.03));
  }

  @Test
  void equal_values_are_decided_by_the_finer_measure_then_by_the_index() {
    double[][][] nothing = {{{0, 0}, {0, 0}, {0, 0}}};
    double[][][] finer = {{{0.1, 0.1}, {0.3, 0.3}, {0.3, 0.3}}};
    assertThat(new CrossedTrials(List.of("a"), nothing, finer).best()).isEqualTo(1);
    assertThat(new CrossedTrials(List.of("a"), nothing, nothing).best()).isZero();
  }

  @Test
  void what_cannot_be_chosen_is_refused() {
    CrossedTrials oneKind =
        new CrossedTrials(List.of("a"), new double[][][] {{{0.5}}}, new double[][][] {{{0.5}}});
    assertThatThrownBy(oneKind::chosenOnOtherKinds)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least two kinds but all are a");
    assertThatThrownBy(oneKind::oracle)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 repetitions but there is 1");
    double[][][] ragged = {{{1, 1}, {1}}};
    assertThatThrownBy(() -> new CrossedTrials(List.of("a"), ragged, ragged))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("those of task 0 are not");
  }
}
