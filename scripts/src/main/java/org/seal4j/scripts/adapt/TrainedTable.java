package org.seal4j.scripts.adapt;

import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The adapters of passages as a log: a row once the adapter is stored. */
final class TrainedTable {
  /** Name of the log in the run folder. */
  static final String NAME = "adapters";

  static final TableSchema SCHEMA =
      TableSchema.named("adapters", 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("adapter", ColumnType.STRING, "Hash of its adapter, the name of its folder.")
          .column("bytes", ColumnType.INT64, "Size of the adapter's files.")
          .column("canary", ColumnType.FLOAT64, "What a fixed sentence costs, in nats per token.")
          .column("moved", ColumnType.FLOAT64, "By how much the adapter changes such a cost.")
          .column("apart", ColumnType.FLOAT64, "Its difference between merged and not merged.")
          .build();

  private TrainedTable() {}

  static Row row(String passage, String adapter, long bytes, double cost, Canary canary) {
    return SCHEMA
        .row()
        .set("passage", passage)
        .set("adapter", adapter)
        .set("bytes", bytes)
        .set("canary", cost)
        .set("moved", canary.moved())
        .set("apart", canary.apart())
        .build();
  }
}
