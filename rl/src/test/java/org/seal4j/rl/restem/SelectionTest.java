package org.seal4j.rl.restem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.Selection;

class SelectionTest {
  private static final List<Selection> ALL =
      List.of(
          AllPositives.reference(),
          new AllPositives(0),
          new TopPerTask(1),
          new TopPerTask(3),
          new TopPerTask(2, TopPerTask.Ranking.LIKELIHOOD),
          new FirstSampled(2),
          PositiveGain.amongAll(),
          new PositiveGain(new TopPerTask(2)));

  private static Outcome outcome(double reward, double nll) {
    return new Outcome(reward, reward, nll, Outcome.Training.NONE, "", List.of());
  }

  private static Candidate valid(String context, double reward, double nll) {
    return new Candidate(context, true, outcome(reward, nll), Optional.of(outcome(0.5, 1)));
  }

  private static Candidate invalid(String context) {
    return new Candidate(context, false, Outcome.ofInvalidEdit(), Optional.of(outcome(0.5, 1)));
  }

  /** Few different values, so that ties are frequent. */
  private static List<Candidate> round(Rng rng) {
    List<Candidate> round = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String context = "c" + rng.nextInt(8);
      round.add(
          rng.nextInt(5) == 0
              ? invalid(context)
              : valid(context, rng.nextInt(3) / 2.0, rng.nextInt(3)));
    }
    return round;
  }

  @Test
  void every_rule_weighs_every_candidate_and_no_invalid_one() {
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 21)).child("rounds").rng();
    for (int trial = 0; trial < 200; trial++) {
      List<Candidate> round = round(rng);
      for (Selection rule : ALL) {
        List<Double> weights = rule.weights(round);
        assertThat(weights).hasSameSizeAs(round).isSubsetOf(0.0, 1.0);
        for (int i = 0; i < round.size(); i++) {
          assertThat(round.get(i).valid() || weights.get(i) == 0).isTrue();
        }
        assertThat(rule.weights(round)).isEqualTo(weights);
      }
    }
  }

  @Test
  void no_edit_left_out_is_better_than_one_kept_of_the_same_context() {
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 22)).child("rounds").rng();
    for (int trial = 0; trial < 200; trial++) {
      List<Candidate> round = round(rng);
      List<Double> weights = new TopPerTask(2).weights(round);
      for (int kept = 0; kept < round.size(); kept++) {
        for (int left = 0; left < round.size(); left++) {
          if (weights.get(kept) == 1
              && weights.get(left) == 0
              && round.get(left).valid()
              && round.get(left).contextId().equals(round.get(kept).contextId())) {
            assertThat(isBetter(round, left, kept)).isFalse();
          }
        }
      }
    }
  }

  private static boolean isBetter(List<Candidate> round, int a, int b) {
    Outcome x = round.get(a).outcome();
    Outcome y = round.get(b).outcome();
    if (x.reward() != y.reward()) {
      return x.reward() > y.reward();
    }
    if (x.negLogLikelihood() != y.negLogLikelihood()) {
      return x.negLogLikelihood() < y.negLogLikelihood();
    }
    return a < b;
  }

  @Test
  void every_context_with_enough_valid_edits_gives_the_same_number() {
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 23)).child("rounds").rng();
    for (int trial = 0; trial < 50; trial++) {
      List<Candidate> round = round(rng);
      List<Double> weights = new TopPerTask(3).weights(round);
      for (int c = 0; c < 8; c++) {
        String context = "c" + c;
        long valid = count(round, weights, context, 0);
        assertThat(count(round, weights, context, 1)).isEqualTo(Math.min(3, valid));
      }
    }
  }

  private static long count(
      List<Candidate> round, List<Double> weights, String context, double atLeast) {
    long count = 0;
    for (int i = 0; i < round.size(); i++) {
      boolean here = round.get(i).valid() && round.get(i).contextId().equals(context);
      count += here && weights.get(i) >= atLeast ? 1 : 0;
    }
    return count;
  }

  @Test
  void the_rank_is_reward_then_likelihood_then_order() {
    List<Candidate> round =
        List.of(
            invalid("a"),
            valid("a", 0, 0.1),
            valid("a", 1, 2.0),
            valid("a", 1, 1.5),
            valid("a", 1, 1.5),
            valid("b", 0, Double.POSITIVE_INFINITY));
    assertThat(new TopPerTask(1).weights(round)).containsExactly(0.0, 0.0, 0.0, 1.0, 0.0, 1.0);
    assertThat(new TopPerTask(2).weights(round)).containsExactly(0.0, 0.0, 0.0, 1.0, 1.0, 1.0);
    assertThat(new TopPerTask(3).weights(round)).containsExactly(0.0, 0.0, 1.0, 1.0, 1.0, 1.0);
    assertThat(AllPositives.reference().weights(round))
        .containsExactly(0.0, 0.0, 1.0, 1.0, 1.0, 0.0);
  }

  @Test
  void gain_is_measured_against_the_contexts_own_baseline() {
    List<Candidate> round =
        List.of(valid("a", 0.5, 0), valid("a", 0.75, 0), valid("a", 1, 0), invalid("a"));
    assertThat(PositiveGain.amongAll().weights(round)).containsExactly(0.0, 1.0, 1.0, 0.0);
    assertThat(new PositiveGain(new TopPerTask(1)).weights(round))
        .containsExactly(0.0, 0.0, 1.0, 0.0);
    assertThat(PositiveGain.amongAll().needsBaseline()).isTrue();
    assertThat(new TopPerTask(1).needsBaseline()).isFalse();
    Candidate without = new Candidate("a", true, outcome(1, 0), Optional.empty());
    assertThatThrownBy(() -> PositiveGain.amongAll().weights(List.of(without)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_control_keeps_the_first_samples_whatever_they_earned() {
    List<Candidate> round =
        List.of(
            invalid("a"), valid("a", 0, 3), valid("b", 0.5, 2), valid("a", 1, 0), valid("a", 1, 0));
    assertThat(new FirstSampled(1).weights(round)).containsExactly(0.0, 1.0, 1.0, 0.0, 0.0);
    assertThat(new FirstSampled(2).weights(round)).containsExactly(0.0, 1.0, 1.0, 1.0, 0.0);
  }

  @Test
  void nonsense_settings_are_refused() {
    assertThatThrownBy(() -> new TopPerTask(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new FirstSampled(0)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new AllPositives(1.5)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new AllPositives(Double.NaN)).isInstanceOf(InputException.class);
  }

  @Test
  void ranked_by_likelihood_a_lower_reward_may_win() {
    List<Candidate> round = List.of(valid("c", 1, 0.9), valid("c", 0.5, 0.2), valid("c", 0, 0.4));
    assertThat(new TopPerTask(1).weights(round)).containsExactly(1.0, 0.0, 0.0);
    assertThat(new TopPerTask(1, TopPerTask.Ranking.LIKELIHOOD).weights(round))
        .containsExactly(0.0, 1.0, 0.0);
  }
}
