package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class TaskBootstrapTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260103L);
  private final Seeds seeds = Seeds.of(SEED);
  private final TaskBootstrap bootstrap = new TaskBootstrap(seeds);

  @Test
  void a_condition_differs_from_itself_by_nothing_and_other_tasks_may_show_more() {
    List<Outcome> trials = binary(seeds.child("self").rng(), 30, 3, 0.4);
    Estimate none = bootstrap.difference(trials, trials);
    assertThat(none.value()).isZero();
    assertThat(none.standardError()).isZero();
    double unseen = new Proportion(0, 30).wilson().high();
    assertThat(none.interval()).isEqualTo(new Interval(-unseen, unseen));
  }

  @Test
  void none_or_all_right_has_the_interval_of_Wilson_on_the_number_of_tasks() {
    List<Outcome> none = binary(seeds.child("none").rng(), 10, 3, 0);
    List<Outcome> all = none.stream().map(trial -> Outcome.of(trial.task(), true)).toList();
    assertThat(bootstrap.mean(none).interval()).isEqualTo(new Proportion(0, 10).wilson());
    assertThat(bootstrap.mean(all).interval().low())
        .isCloseTo(new Proportion(10, 10).wilson().low(), within(1e-12));
    assertThat(bootstrap.mean(all).interval().high()).isEqualTo(1);
    Interval gain = bootstrap.difference(all, none).interval();
    assertThat(gain.high()).isEqualTo(1);
    assertThat(gain.low()).isCloseTo(1 - 2 * 0.27753, within(1e-4));
    List<Outcome> halves = none.stream().map(t -> new Outcome(t.task(), 0.5)).toList();
    assertThat(bootstrap.mean(halves).interval().low()).isCloseTo(0.5 - 0.13877, within(1e-4));
  }

  @Test
  void figures_that_are_no_shares_keep_the_interval_of_the_draws() {
    List<Outcome> same = List.of(new Outcome("a", 2.5), new Outcome("b", 2.5));
    assertThat(bootstrap.mean(same).interval()).isEqualTo(new Interval(2.5, 2.5));
  }

  @Test
  void swapping_the_conditions_mirrors_the_difference() {
    List<Outcome> a = binary(seeds.child("a").rng(), 40, 2, 0.6);
    List<Outcome> b = binary(seeds.child("b").rng(), 40, 2, 0.3);
    Estimate forth = bootstrap.difference(a, b);
    Estimate back = bootstrap.difference(b, a);
    assertThat(forth.value()).isEqualTo(-back.value());
    assertThat(forth.standardError()).isCloseTo(back.standardError(), within(1e-12));
    assertThat(forth.interval().low()).isCloseTo(-back.interval().high(), within(1e-12));
  }

  @Test
  void the_difference_is_that_of_the_means_and_its_interval_contains_it() {
    for (int round = 0; round < 20; round++) {
      List<Outcome> a = binary(seeds.child("a", round).rng(), 12, 3, 0.7);
      List<Outcome> b = binary(seeds.child("b", round).rng(), 12, 1, 0.3);
      Estimate difference = bootstrap.difference(a, b);
      assertThat(difference.value())
          .isCloseTo(bootstrap.mean(a).value() - bootstrap.mean(b).value(), within(1e-12));
      assertThat(difference.interval().contains(difference.value())).as("seed %d", SEED).isTrue();
    }
  }

  @Test
  void a_shift_of_all_outcomes_shifts_the_mean_and_keeps_the_error() {
    List<Outcome> trials = binary(seeds.child("shift").rng(), 25, 2, 0.5);
    List<Outcome> shifted =
        trials.stream().map(t -> new Outcome(t.task(), t.value() + 10)).toList();
    Estimate before = bootstrap.mean(trials);
    Estimate after = bootstrap.mean(shifted);
    assertThat(after.value()).isCloseTo(before.value() + 10, within(1e-9));
    assertThat(after.standardError()).isCloseTo(before.standardError(), within(1e-9));
  }

  @Test
  void the_order_of_trials_does_not_matter_and_the_seed_decides_the_draws() {
    List<Outcome> trials = binary(seeds.child("order").rng(), 20, 4, 0.5);
    List<Outcome> shuffled = new ArrayList<>(trials);
    seeds.child("shuffle").rng().shuffle(shuffled);
    assertThat(bootstrap.mean(shuffled)).isEqualTo(bootstrap.mean(trials));
    assertThat(new TaskBootstrap(seeds.child("other")).mean(trials))
        .isNotEqualTo(bootstrap.mean(trials));
  }

  @Test
  void the_standard_error_of_independent_tasks_is_the_textbook_one() {
    List<Outcome> trials = new ArrayList<>();
    Rng rng = seeds.child("textbook").rng();
    for (int t = 0; t < 200; t++) {
      trials.add(new Outcome("task-" + t, rng.nextGaussian()));
    }
    double mean = trials.stream().mapToDouble(Outcome::value).average().orElseThrow();
    double squares = trials.stream().mapToDouble(t -> Math.pow(t.value() - mean, 2)).sum();
    assertThat(bootstrap.mean(trials).standardError())
        .as("seed %d", SEED)
        .isCloseTo(Math.sqrt(squares) / 200, within(0.003));
  }

  @Test
  void repeating_every_trial_of_a_task_adds_no_certainty() {
    List<Outcome> once = binary(seeds.child("repeat").rng(), 30, 1, 0.5);
    List<Outcome> tenTimes = new ArrayList<>();
    Collections.nCopies(10, once).forEach(tenTimes::addAll);
    assertThat(bootstrap.mean(tenTimes).standardError())
        .isCloseTo(bootstrap.mean(once).standardError(), within(1e-12));
  }

  @Test
  void pairing_removes_what_tasks_have_in_common() {
    List<Outcome> a = new ArrayList<>();
    List<Outcome> b = new ArrayList<>();
    Rng rng = seeds.child("pairing").rng();
    for (int t = 0; t < 50; t++) {
      double difficulty = rng.nextGaussian();
      b.add(new Outcome("t" + t, difficulty));
      a.add(new Outcome("t" + t, difficulty + 0.1));
    }
    Estimate difference = bootstrap.difference(a, b);
    assertThat(difference.standardError()).isLessThan(1e-6);
    assertThat(difference.interval().isAboveZero()).isTrue();
  }

  @Test
  @Tag("slow")
  void it_covers_the_truth_about_as_often_as_it_says() {
    int covered = 0;
    int repeats = 600;
    for (int i = 0; i < repeats; i++) {
      Rng rng = seeds.child("coverage", i).rng();
      List<Outcome> trials = new ArrayList<>();
      for (int t = 0; t < 40; t++) {
        double difficulty = rng.nextDouble();
        for (int edit = 0; edit < 2; edit++) {
          trials.add(Outcome.of("t" + t, rng.nextDouble() < difficulty));
        }
      }
      TaskBootstrap quick = new TaskBootstrap(seeds.child("draws", i), 400, 0.95);
      covered += quick.mean(trials).interval().contains(0.5) ? 1 : 0;
    }
    assertThat((double) covered / repeats).as("seed %d", SEED).isBetween(0.90, 0.98);
  }

  @Test
  void conditions_over_different_tasks_are_refused_by_the_name_of_the_task() {
    List<Outcome> one = List.of(new Outcome("x", 1), new Outcome("lonely", 1));
    List<Outcome> other = List.of(new Outcome("x", 1));
    assertThatThrownBy(() -> bootstrap.difference(one, other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lonely");
    assertThatThrownBy(() -> bootstrap.difference(other, one))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lonely");
    assertThatThrownBy(() -> bootstrap.mean(List.of())).isInstanceOf(InputException.class);
  }

  private static List<Outcome> binary(Rng rng, int tasks, int edits, double rate) {
    List<Outcome> trials = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      for (int e = 0; e < edits; e++) {
        trials.add(Outcome.of("task-" + t, rng.nextDouble() < rate));
      }
    }
    return trials;
  }
}
