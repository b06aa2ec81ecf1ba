package org.seal4j.scripts.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.run.Seeds;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;

/**
 * The table of a run. Where a task or passage counts several times its trials are not independent,
 * and where a figure is a share of questions it is no proportion: intervals are then bootstrapped
 * over tasks.
 */
public final class ResultTable {
  private final String metric;
  private final Phases phases;
  private final Seeds seeds;

  /**
   * @param metric what the figures are
   * @param seeds of the bootstrap
   */
  public ResultTable(String metric, Phases phases, Seeds seeds) {
    this.metric = metric;
    this.phases = phases;
    this.seeds = seeds;
  }

  /**
   * All conditions, and the differences of the last round to others.
   *
   * @param against labels of the conditions that the last round is held against; those that were
   *     not evaluated are left out
   */
  public Results results(List<String> against) {
    List<Condition> conditions = new ArrayList<>();
    phases
        .conditions()
        .forEach((label, phase) -> conditions.add(condition(label, phases.rows(phase))));
    String last = "round " + phases.rounds().size();
    List<Comparison> comparisons = new ArrayList<>();
    for (String other : against) {
      String phase = phases.conditions().get(other);
      if (phase != null && !other.equals(last)) {
        comparisons.add(comparison(last, phases.last(), other, phase));
      }
    }
    return new Results(metric, conditions, comparisons);
  }

  private Condition condition(String label, List<EditRow> rows) {
    List<Outcome> outcomes = outcomes(rows);
    int solved = (int) rows.stream().filter(row -> row.outcome().solved()).count();
    long tasks = rows.stream().map(row -> row.key().contextId()).distinct().count();
    boolean shares = outcomes.stream().anyMatch(o -> o.value() != 0 && o.value() != 1);
    if (tasks == rows.size() && !shares) {
      return Condition.of(label, new Proportion(solved, rows.size()));
    }
    Estimate mean = bootstrap(label).mean(outcomes);
    boolean degenerate = mean.interval().width() == 0;
    return new Condition(
        label,
        mean.value(),
        rows.size(),
        degenerate
            ? new Proportion((int) Math.round(mean.value() * tasks), (int) tasks).wilson()
            : mean.interval());
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
        .map(row -> new Outcome(row.key().contextId(), row.outcome().reward()))
        .toList();
  }
}
