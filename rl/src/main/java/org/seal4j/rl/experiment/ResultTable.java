package org.seal4j.rl.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Comparison.ByKinds;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.ClusteredMean;
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
  private static final int FEWEST_KINDS = 3;

  private final String metric;
  private final String unit;
  private final Phases phases;
  private final Seeds seeds;
  private final boolean byKinds;

  /**
   * @param metric what the figures are
   * @param seeds of the bootstrap
   */
  public ResultTable(String metric, Phases phases, Seeds seeds) {
    this(metric, "task", phases, seeds);
  }

  /**
   * The same for what is not called a task.
   *
   * @param unit what one context is called, such as {@code passage}
   */
  public ResultTable(String metric, String unit, Phases phases, Seeds seeds) {
    this(metric, unit, phases, seeds, false);
  }

  private ResultTable(String metric, String unit, Phases phases, Seeds seeds, boolean byKinds) {
    this.metric = metric;
    this.unit = unit;
    this.phases = phases;
    this.seeds = seeds;
    this.byKinds = byKinds;
  }

  /**
   * The same with the families of contexts as kinds: a comparison has an interval over them, too,
   * where there are at least three.
   */
  public ResultTable byKinds() {
    return new ResultTable(metric, unit, phases, seeds, true);
  }

  /**
   * All conditions, and the differences of the last round to others.
   *
   * @param against labels of the conditions that the last round is compared with; those that were
   *     not evaluated are left out
   */
  public Results results(List<String> against) {
    return contrasts(contrasts(phases.lastLabel(), against));
  }

  /** The differences of a condition to those of others that were evaluated. */
  public List<Contrast> contrasts(String after, List<String> against) {
    return against.stream()
        .filter(other -> phases.conditions().containsKey(other) && !other.equals(after))
        .map(other -> new Contrast(after, other))
        .toList();
  }

  /** What a note beside a table says of intervals that are bootstrapped. */
  public static String bootstrapped(String units) {
    return "bootstrapped over %1$s (where all agree, as wide as Wilson's for 0 of n %1$s)"
        .formatted(units);
  }

  /** All conditions, and the differences of these pairs of them. */
  public Results contrasts(List<Contrast> contrasts) {
    List<Condition> conditions = new ArrayList<>();
    phases
        .conditions()
        .forEach((label, phase) -> conditions.add(condition(label, phases.rows(phase))));
    return new Results(metric, conditions, contrasts.stream().map(this::comparison).toList());
  }

  /**
   * Two conditions that are compared, by their labels.
   *
   * @param after what is compared
   * @param before to what
   */
  public record Contrast(String after, String before) {}

  private Condition condition(String label, List<EditRow> rows) {
    List<Outcome> outcomes = outcomes(rows);
    int solved = (int) rows.stream().filter(row -> row.outcome().solved()).count();
    long tasks = rows.stream().map(row -> row.key().contextId()).distinct().count();
    boolean shares = outcomes.stream().anyMatch(o -> o.value() != 0 && o.value() != 1);
    if (tasks == rows.size() && !shares) {
      return Condition.of(label, new Proportion(solved, rows.size()));
    }
    Estimate mean = bootstrap(label).mean(outcomes);
    return new Condition(label, mean.value(), rows.size(), mean.interval());
  }

  private Comparison comparison(Contrast contrast) {
    Estimate difference =
        bootstrap(contrast.after() + " - " + contrast.before())
            .difference(labelled(contrast.after()), labelled(contrast.before()));
    Comparison found = new Comparison(contrast.after(), contrast.before(), difference, unit);
    if (!byKinds) {
      return found;
    }
    ClusteredMean mean =
        TaskShares.of(of(contrast.after()))
            .minus(TaskShares.of(of(contrast.before())), seeds.child("kinds", contrast.after()));
    int kinds = mean.effect().clusters();
    return kinds < FEWEST_KINDS ? found : found.over(new ByKinds(kinds, mean.byKinds()));
  }

  private List<Outcome> labelled(String label) {
    return outcomes(of(label));
  }

  private List<EditRow> of(String label) {
    return phases.rows(
        Checks.present(phases.conditions().get(label), "there is no condition called %s", label));
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
