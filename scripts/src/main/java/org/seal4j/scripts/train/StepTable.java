package org.seal4j.scripts.train;

import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The loss of every step as a log. */
final class StepTable {
  /** Name of the log in the run folder. */
  static final String NAME = "steps";

  static final TableSchema SCHEMA =
      TableSchema.named("training_steps", 1)
          .column("step", ColumnType.INT64, "Optimizer step, from 1.")
          .column("loss", ColumnType.FLOAT64, "Loss before the step in nats per taught token.")
          .build();

  private StepTable() {}

  static Row row(long step, double loss) {
    return SCHEMA.row().set("step", step).set("loss", loss).build();
  }
}
