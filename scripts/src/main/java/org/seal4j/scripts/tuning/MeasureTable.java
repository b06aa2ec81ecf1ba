package org.seal4j.scripts.tuning;

import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The measurements on the way as a log. */
public final class MeasureTable {
  /** Name of the log in the run folder. */
  public static final String NAME = "measurements";

  public static final TableSchema SCHEMA =
      TableSchema.named("training_measurements", 1)
          .column("step", ColumnType.INT64, "Optimizer steps done, 0 before the training.")
          .column("loss", ColumnType.FLOAT64, "Loss of the rows in nats per taught token.")
          .column("right", ColumnType.FLOAT64, "Share of taught tokens that are the most likely.")
          .column("tokens", ColumnType.INT64, "Taught tokens of the rows.")
          .build();

  private MeasureTable() {}

  /** One measurement. */
  public record Point(long step, double loss, double right) {}

  public static Row row(long step, Measure measure) {
    return SCHEMA
        .row()
        .set("step", step)
        .set("loss", measure.loss())
        .set("right", measure.right())
        .set("tokens", measure.tokens())
        .build();
  }

  public static Point point(Row row) {
    return new Point(row.int64("step"), row.float64("loss"), row.float64("right"));
  }
}
