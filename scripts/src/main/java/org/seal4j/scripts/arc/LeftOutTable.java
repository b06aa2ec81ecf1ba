package org.seal4j.scripts.arc;

import java.util.List;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The tasks that a run left out, with reasons, as a table. */
final class LeftOutTable {
  static final TableSchema SCHEMA =
      TableSchema.named("left_out", 1)
          .column("task_id", ColumnType.STRING, "Id of the task.")
          .column("family", ColumnType.STRING, "What groups the task.")
          .column("reason", ColumnType.STRING, "Why the model cannot take it; follows the id.")
          .build();

  private LeftOutTable() {}

  static List<Row> rows(List<LeftOut> tasks) {
    return tasks.stream()
        .map(
            task ->
                SCHEMA
                    .row()
                    .set("task_id", task.id())
                    .set("family", task.family())
                    .set("reason", task.reason())
                    .build())
        .toList();
  }
}
