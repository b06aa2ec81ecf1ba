package org.seal4j.scripts.tuning;

import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The loss of every step as a log. */
public final class StepTable {
  /** Name of the log in the run folder. */
  public static final String NAME = "steps";

  public static final TableSchema SCHEMA =
      TableSchema.named("training_steps", 1)
          .column("step", ColumnType.INT64, "Optimizer step, from 1.")
          .column("loss", ColumnType.FLOAT64, "Loss before the step in nats per taught token.")
          .build();

  private StepTable() {}

  public static Row row(long step, double loss) {
    return SCHEMA.row().set("step", step).set("loss", loss).build();
  }
}
