package org.seal4j.scripts.arc;

import java.util.List;
import java.util.Locale;
import org.seal4j.rl.EditRow;

/**
 * Whether the model can be adapted at all.
 *
 * @param solved development tasks that the fixed good configuration solves
 * @param tasks of how many
 * @param atLeast the share that was asked for
 */
record Gate(int solved, int tasks, double atLeast) {
  /** With fewer tasks a share says little; only recipes that try out the stages have so few. */
  private static final int FEW = 10;

  static Gate of(List<EditRow> rows, GateKeys config) {
    int solved = (int) rows.stream().filter(row -> row.outcome().solved()).count();
    return new Gate(solved, rows.size(), config.atLeast());
  }

  boolean isPassed() {
    return solved >= atLeast * tasks;
  }

  /** For a person. */
  String sentence() {
    return "gate: the fixed good configuration solves %s%s"
        .formatted(figures(), isPassed() ? ": passed" : ": " + advice() + ". The run continues");
  }

  private String advice() {
    return tasks < FEW
        ? "so few tasks show that the job runs, not how well the model can be adapted"
        : "the model cannot be adapted well enough yet, so what the loop can find is limited;"
            + " pretrain longer";
  }

  /** The figures alone. */
  String figures() {
    return String.format(
        Locale.ROOT,
        "%d of %d development tasks (%.1f %%), %s %.1f %% wanted",
        solved,
        tasks,
        100.0 * solved / tasks,
        isPassed() ? "at least the" : "below the",
        100 * atLeast);
  }
}
