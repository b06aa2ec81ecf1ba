package org.seal4j.rl.journal;

import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.LearningRow;

/** M-step losses as a table. */
final class LearningTable {
  static final TableSchema SCHEMA =
      TableSchema.named("learning", 1)
          .column("round", ColumnType.INT32, "Number of the round, from 1.")
          .column("step", ColumnType.INT32, "Optimizer step of the round's M-step, from 0.")
          .column("loss", ColumnType.FLOAT64, "Training loss of this step.")
          .build();

  private LearningTable() {}

  static Row toTable(LearningRow row) {
    return SCHEMA
        .row()
        .set("round", row.round())
        .set("step", row.step())
        .set("loss", row.loss())
        .build();
  }

  static LearningRow fromTable(Row row) {
    return new LearningRow(row.int32("round"), row.int32("step"), row.float64("loss"));
  }
}
