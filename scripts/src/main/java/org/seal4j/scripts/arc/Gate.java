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

  static Gate of(List<EditRow> rows, GateConfig config) {
    int solved = (int) rows.stream().filter(row -> row.outcome().solved()).count();
    return new Gate(solved, rows.size(), config.atLeast());
  }

  boolean isPassed() {
    return solved >= atLeast * tasks;
  }

  /** For a person. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "gate: the fixed good configuration solves %d of %d development tasks (%.1f %%), %s",
        solved,
        tasks,
        100.0 * solved / tasks,
        isPassed()
            ? String.format(Locale.ROOT, "at least %.1f %% were wanted: passed", 100 * atLeast)
            : String.format(
                Locale.ROOT,
                "BELOW the %.1f %% wanted: the model cannot be adapted well enough yet, so what the"
                    + " loop can find is limited; pretrain longer. The run goes on",
                100 * atLeast));
  }
}
