package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;

/**
 * What the result table counts, as a table: one row per condition, held-out task and edit. The
 * journal holds the same evaluations in full, and all others.
 */
final class EvaluationTable {
  static final TableSchema SCHEMA =
      TableSchema.named("evaluations", 1)
          .column("condition", ColumnType.STRING, "Row of the result table.")
          .column("phase", ColumnType.STRING, "Name of the same in the journal of edits.")
          .column("task_id", ColumnType.STRING, "Id of the held-out task.")
          .column("family", ColumnType.STRING, "What generated or groups the task.")
          .column("edit_index", ColumnType.INT32, "Which of the task's edits, from 0.")
          .nullable(
              "edit", ColumnType.STRING, "The self-edit as JSON; null if invalid or in context.")
          .column("pass_at_1", ColumnType.BOOL, "Whether the first attempt is right.")
          .column("pass_at_2", ColumnType.BOOL, "Whether one of two attempts is right.")
          .column(
              "nll",
              ColumnType.FLOAT64,
              "Mean negative log-likelihood of the truth per token in nats; infinite if none.")
          .build();

  private EvaluationTable() {}

  static List<Row> rows(Phases phases) {
    List<Row> rows = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> phases.rows(phase).forEach(row -> rows.add(of(label, phase, row))));
    return rows;
  }

  private static Row of(String label, String phase, EditRow row) {
    return SCHEMA
        .row()
        .set("condition", label)
        .set("phase", phase)
        .set("task_id", row.key().contextId())
        .set("family", row.key().family())
        .set("edit_index", row.key().index())
        .set("edit", row.draft().edit().orElse(null))
        .set("pass_at_1", row.outcome().firstReward() >= 1)
        .set("pass_at_2", row.outcome().solved())
        .set("nll", row.outcome().negLogLikelihood())
        .build();
  }
}
