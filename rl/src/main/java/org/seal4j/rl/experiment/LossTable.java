package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The loss curve of pretraining as a table. */
public final class LossTable {
  public static final TableSchema SCHEMA =
      TableSchema.named("pretraining", 1)
          .column("step", ColumnType.INT64, "Optimizer step, from 0.")
          .column("loss", ColumnType.FLOAT64, "Loss before the step in nats per weighted token.")
          .build();

  private LossTable() {}

  /** Writes the table. */
  static void write(Path file, List<Double> losses) {
    ArrowTable.write(file, SCHEMA, rows(losses));
  }

  /** One row per step. */
  public static List<Row> rows(List<Double> losses) {
    List<Row> rows = new ArrayList<>();
    for (int step = 0; step < losses.size(); step++) {
      rows.add(SCHEMA.row().set("step", (long) step).set("loss", losses.get(step)).build());
    }
    return rows;
  }

  /** The losses of all steps that the table holds. */
  public static List<Double> read(Path file) {
    return losses(ArrowTable.read(file, SCHEMA));
  }

  /** The same, and refuses a table that does not carry the proof of its bytes. */
  static List<Double> readProven(Path file) {
    return losses(ArrowTable.readProven(file, SCHEMA));
  }

  private static List<Double> losses(ArrowTable table) {
    return table.rows().stream().map(row -> row.float64("loss")).toList();
  }
}
