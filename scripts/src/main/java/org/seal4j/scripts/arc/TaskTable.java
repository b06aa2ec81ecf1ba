package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The tasks of a run as a table, one row per use of a task. */
final class TaskTable {
  static final TableSchema SCHEMA =
      TableSchema.named("tasks", 1)
          .column(
              "used_for", ColumnType.STRING, "One of: loop round 1 and so on, gate, evaluation.")
          .column("task_id", ColumnType.STRING, "Id of the task, unique among those of one use.")
          .column("family", ColumnType.STRING, "What generated or groups the task.")
          .column(
              "demonstrations",
              ColumnType.STRING,
              "JSON array of [input, output] pairs; a grid is its rows of digits joined by '/'.")
          .column("test_input", ColumnType.STRING, "The test grid, written the same way.")
          .column("test_output", ColumnType.STRING, "The hidden answer, written the same way.")
          .build();

  private TaskTable() {}

  static List<Row> rows(TaskPlan plan) {
    List<Row> rows = new ArrayList<>();
    for (int round = 1; round <= plan.rounds().size(); round++) {
      add(rows, "loop round " + round, plan.round(round));
    }
    add(rows, "gate", plan.gate());
    add(rows, "evaluation", plan.evaluation());
    return rows;
  }

  private static void add(List<Row> rows, String use, List<ArcTask> tasks) {
    for (ArcTask task : tasks) {
      rows.add(
          SCHEMA
              .row()
              .set("used_for", use)
              .set("task_id", task.id())
              .set("family", task.family())
              .set("demonstrations", json(task.demonstrations()))
              .set("test_input", task.test().input().toString())
              .set("test_output", task.test().output().toString())
              .build());
    }
  }

  private static String json(List<GridPair> pairs) {
    StringJoiner json = new StringJoiner(",", "[", "]");
    pairs.forEach(pair -> json.add("[\"%s\",\"%s\"]".formatted(pair.input(), pair.output())));
    return json.toString();
  }
}
