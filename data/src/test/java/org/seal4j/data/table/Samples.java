package org.seal4j.data.table;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/** A schema with every column type, and random rows of it. */
final class Samples {
  static final TableSchema ALL_TYPES =
      TableSchema.named("samples", 2)
          .column("id", ColumnType.INT32, "Number of the row, from 0.")
          .column("text", ColumnType.STRING, "Any text.")
          .nullable("note", ColumnType.STRING, "A text or nothing.")
          .column("count", ColumnType.INT64, "Any 64-bit integer.")
          .nullable("loss", ColumnType.FLOAT64, "A loss in nats.")
          .column("rate", ColumnType.FLOAT32, "A rate.")
          .nullable("solved", ColumnType.BOOL, "Whether it was solved.")
          .build();

  /** Two columns, so that a log is short enough to be cut at every byte. */
  static final TableSchema SMALL =
      TableSchema.named("small", 1)
          .column("id", ColumnType.INT32, "Number of the row.")
          .nullable("note", ColumnType.STRING, "A text or nothing.")
          .build();

  static List<Row> random(int count, long seed) {
    Rng rng = Seeds.of(seed).child("samples").rng();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          ALL_TYPES
              .row()
              .set("id", i)
              .set("text", text(rng))
              .set("note", rng.nextBoolean() ? null : text(rng))
              .set("count", rng.nextLong())
              .set("loss", rng.nextBoolean() ? null : Double.longBitsToDouble(rng.nextLong()))
              .set("rate", (float) rng.nextGaussian())
              .set("solved", rng.nextBoolean() ? null : rng.nextBoolean())
              .build());
    }
    return rows;
  }

  static Row small(int id) {
    return SMALL.row().set("id", id).set("note", id % 2 == 0 ? null : "é" + id).build();
  }

  static List<Row> small(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (int id = from; id < to; id++) {
      rows.add(small(id));
    }
    return rows;
  }

  private static String text(Rng rng) {
    StringBuilder text = new StringBuilder();
    int[] alphabet = {'a', 'Z', '\n', '"', 0, 'ß', '語', 0x1F600};
    for (int n = rng.nextInt(20); n > 0; n--) {
      text.appendCodePoint(alphabet[rng.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  private Samples() {}
}
