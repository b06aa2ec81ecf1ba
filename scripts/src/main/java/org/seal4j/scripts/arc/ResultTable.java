package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.run.Seeds;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;

/**
 * The table of a run. Where a task counts several times its trials are not independent: intervals
 * are then bootstrapped over tasks.
 */
final class ResultTable {
  private static final String METRIC = "(task, edit) pairs solved within two attempts";

  private final Phases phases;
  private final Seeds seeds;

  ResultTable(Phases phases, Seeds seeds) {
    this.phases = phases;
    this.seeds = seeds;
  }

  Results results() {
    List<Condition> conditions = new ArrayList<>();
    phases
        .conditions()
        .forEach((label, phase) -> conditions.add(condition(label, phases.rows(phase))));
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(comparison(lastRound(), phases.last(), "self-edits without RL", Phases.NO_RL));
    comparisons.add(
        comparison(lastRound(), phases.last(), "uniform-random configurations", Phases.UNIFORM));
    if (phases.rounds().size() > 1) {
      comparisons.add(comparison(lastRound(), phases.last(), "round 1", Phases.round(1)));
    }
    return new Results(METRIC, conditions, comparisons);
  }

  private String lastRound() {
    return "round " + phases.rounds().size();
  }

  private Condition condition(String label, List<EditRow> rows) {
    int solved = (int) rows.stream().filter(row -> row.outcome().solved()).count();
    Proportion share = new Proportion(solved, rows.size());
    long tasks = rows.stream().map(row -> row.key().contextId()).distinct().count();
    if (tasks == rows.size()) {
      return Condition.of(label, share);
    }
    Interval interval = bootstrap(label).mean(outcomes(rows)).interval();
    boolean degenerate = interval.width() == 0;
    return new Condition(
        label,
        share.estimate(),
        rows.size(),
        degenerate
            ? new Proportion((int) Math.round(share.estimate() * tasks), (int) tasks).wilson()
            : interval);
  }

  private Comparison comparison(String after, String afterPhase, String before, String phase) {
    Estimate difference =
        bootstrap(after + " - " + before)
            .difference(outcomes(phases.rows(afterPhase)), outcomes(phases.rows(phase)));
    return new Comparison(after, before, difference);
  }

  private TaskBootstrap bootstrap(String what) {
    return new TaskBootstrap(seeds.child("bootstrap", what));
  }

  private static List<Outcome> outcomes(List<EditRow> rows) {
    return rows.stream()
        .map(row -> Outcome.of(row.key().contextId(), row.outcome().solved()))
        .toList();
  }
}
