package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;

class ResultTableTest {
  private static final String RAW = "basic=0 color=1 chain=0 repeat=0 loss=all lr=0.003 epochs=8";
  private static final int TASKS = 20;

  /** Of so many tasks the first {@code solved} are solved by every edit. */
  private static List<EditRow> rows(String phase, int edits, int solved) {
    List<EditRow> rows = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      for (int edit = 0; edit < edits; edit++) {
        rows.add(Rows.of(phase, "task" + task, edit, RAW, task < solved));
      }
    }
    return rows;
  }

  private static Phases phases(int noRl, int last) {
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
    evaluations.put("in-context", rows("in-context", 1, 0));
    evaluations.put("fixed", rows("fixed", 2, TASKS));
    evaluations.put("uniform-random", rows("uniform-random", 2, 3));
    evaluations.put(Phases.NO_RL, rows(Phases.NO_RL, 2, noRl));
    evaluations.put(Phases.round(1), rows(Phases.round(1), 2, 8));
    evaluations.put(Phases.round(2), rows(Phases.round(2), 2, last));
    RoundResult round = new RoundResult(1, List.of(), List.of(), List.of(0.9));
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("in-context", "in-context");
    conditions.put("uniform-random configurations", "uniform-random");
    conditions.put(Phases.NO_RL_LABEL, Phases.NO_RL);
    conditions.put("round 1", Phases.round(1));
    conditions.put("round 2", Phases.round(2));
    conditions.put("fixed good configuration", "fixed");
    return new Phases(
        List.of(round, new RoundResult(2, List.of(), List.of(), List.of())),
        evaluations,
        conditions);
  }

  private static Results results(int noRl, int last) {
    return new ResultTable("pairs", phases(noRl, last), Seeds.of(1))
        .results(List.of("self-edits without RL", "round 1"));
  }

  private static Condition row(Results results, String name) {
    return results.conditions().stream()
        .filter(condition -> condition.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void conditions_stand_in_the_order_of_the_question_they_answer() {
    assertThat(results(4, 12).conditions())
        .extracting(Condition::name)
        .containsExactly(
            "in-context",
            "uniform-random configurations",
            "self-edits without RL",
            "round 1",
            "round 2",
            "fixed good configuration");
  }

  @Test
  void shares_count_task_edit_pairs() {
    Results results = results(4, 12);
    assertThat(row(results, "round 2").value()).isEqualTo(12.0 / TASKS);
    assertThat(row(results, "round 2").n()).isEqualTo(2 * TASKS);
    assertThat(row(results, "in-context").n()).isEqualTo(TASKS);
  }

  @Test
  void edits_of_one_task_do_not_pass_for_independent_trials() {
    Condition round = row(results(4, 12), "round 2");
    assertThat(round.interval().width())
        .isGreaterThan(1.2 * new Proportion(24, 2 * TASKS).wilson().width());
    assertThat(row(results(4, 12), "in-context").interval())
        .isEqualTo(new Proportion(0, TASKS).wilson());
  }

  @Test
  void an_interval_never_has_length_zero() {
    assertThat(row(results(4, 12), "fixed good configuration").interval())
        .isEqualTo(new Proportion(TASKS, TASKS).wilson());
  }

  @Test
  void kinds_are_the_independent_units_where_there_are_three_of_them() {
    List<EditRow> before = new ArrayList<>();
    List<EditRow> after = new ArrayList<>();
    double[] gains = {1.0, 0.5, 0.0}; // by kind, ten tasks of each
    for (int task = 0; task < 30; task++) {
      String kind = "kind" + task % 3;
      before.add(Rows.of("before", "task" + task, kind, 0, RAW, false));
      after.add(Rows.of("after", "task" + task, kind, 0, RAW, task / 3 < 10 * gains[task % 3]));
    }
    Phases phases =
        new Phases(
            List.of(),
            Map.of("before", before, "after", after),
            Map.of("before", "before", "after", "after"));
    ResultTable table = new ResultTable("pairs", phases, Seeds.of(1));
    var contrast = List.of(new ResultTable.Contrast("after", "before"));
    var byTasks = table.contrasts(contrast).comparisons().get(0);
    assertThat(byTasks.byKinds()).isEmpty();
    assertThat(byTasks.difference().interval().isAboveZero()).isTrue();
    var byKinds = table.byKinds().contrasts(contrast).comparisons().get(0).byKinds().orElseThrow();
    assertThat(byKinds.kinds()).isEqualTo(3);
    // mean 0.5, standard error 0.5 / sqrt(3), Student's t of 2 degrees of freedom 4.303
    assertThat(byKinds.interval().low()).isCloseTo(0.5 - 4.303 * 0.5 / Math.sqrt(3), within(1e-3));
    assertThat(byKinds.interval().high()).isEqualTo(1);
    assertThat(
            new ResultTable("pairs", phases(4, 12), Seeds.of(1))
                .byKinds()
                .results(List.of("round 1"))
                .comparisons()
                .get(0)
                .byKinds())
        .as("one kind alone")
        .isEmpty();
  }

  @Test
  void the_first_comparison_is_the_last_round_against_no_RL_paired_by_task() {
    var comparison = results(4, 12).comparisons().get(0);
    assertThat(comparison.after()).isEqualTo("round 2");
    assertThat(comparison.before()).isEqualTo("self-edits without RL");
    assertThat(comparison.difference().value()).isCloseTo(8.0 / TASKS, within(1e-12));
    assertThat(comparison.difference().interval().isAboveZero()).isTrue();
    assertThat(results(4, 5).comparisons().get(0).difference().interval().isAboveZero()).isFalse();
  }
}
