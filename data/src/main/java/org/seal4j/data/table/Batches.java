package org.seal4j.data.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/** Rows in the columns of one record batch. */
final class Batches {
  private Batches() {}

  /** Empty columns for this schema; the caller closes them. */
  static VectorSchemaRoot columns(TableSchema schema, BufferAllocator allocator) {
    return VectorSchemaRoot.create(ArrowSchemas.toArrow(schema), allocator);
  }

  /** Replaces what the columns hold by these rows. */
  static void fill(VectorSchemaRoot columns, TableSchema schema, List<Row> rows) {
    columns.clear();
    for (int c = 0; c < columns.getFieldVectors().size(); c++) {
      FieldVector vector = columns.getVector(c);
      ColumnType type = schema.columns().get(c).type();
      vector.setInitialCapacity(rows.size());
      vector.allocateNew();
      for (int r = 0; r < rows.size(); r++) {
        write(type, vector, r, rows.get(r).at(c));
      }
      vector.setValueCount(rows.size());
    }
    columns.setRowCount(rows.size());
  }

  /**
   * Appends the rows that the columns hold to the list, checked as rows of this schema; a refusal
   * names the file and the row, counted from 1.
   */
  static void drain(VectorSchemaRoot columns, TableSchema schema, List<Row> into, Object file) {
    for (int r = 0; r < columns.getRowCount(); r++) {
      try {
        into.add(row(columns, schema, r));
      } catch (InputException e) {
        throw new InputException(
            "%s, row %d: %s".formatted(file, into.size() + 1, e.getMessage()), e);
      }
    }
  }

  private static Row row(VectorSchemaRoot columns, TableSchema schema, int index) {
    Row.Builder row = schema.row();
    for (int c = 0; c < schema.columns().size(); c++) {
      String name = schema.columns().get(c).name();
      try {
        row.set(name, read(columns.getVector(c), index));
      } catch (CharacterCodingException e) {
        throw new InputException("column '%s' holds a text that is not UTF-8".formatted(name), e);
      }
    }
    return row.build();
  }

  static void requireSchema(TableSchema schema, Row row) {
    if (!row.schema().equals(schema)) {
      throw Checks.refuse(
          "a row of table '%s' version %d cannot go into table '%s' version %d",
          row.schema().name(), row.schema().version(), schema.name(), schema.version());
    }
  }

  /** Puts a checked value into the vector of a column; the vector grows as needed. */
  private static void write(
      ColumnType type, FieldVector vector, int index, @Nullable Object value) {
    if (value == null) {
      vector.setNull(index);
      return;
    }
    switch (type) {
      case STRING ->
          ((VarCharVector) vector)
              .setSafe(index, ((String) value).getBytes(StandardCharsets.UTF_8));
      case INT32 -> ((IntVector) vector).setSafe(index, (Integer) value);
      case INT64 -> ((BigIntVector) vector).setSafe(index, (Long) value);
      case FLOAT32 -> ((Float4Vector) vector).setSafe(index, (Float) value);
      case FLOAT64 -> ((Float8Vector) vector).setSafe(index, (Double) value);
      case BOOL -> ((BitVector) vector).setSafe(index, (Boolean) value ? 1 : 0);
    }
  }

  /** Reads a value; a string that is not UTF-8 is an error. */
  private static @Nullable Object read(FieldVector vector, int index)
      throws CharacterCodingException {
    return vector instanceof VarCharVector strings && !strings.isNull(index)
        ? text(strings, index)
        : vector.getObject(index);
  }

  private static String text(VarCharVector strings, int index) throws CharacterCodingException {
    int length = strings.getValueLength(index);
    long held = strings.getDataBuffer().capacity();
    if (length < 0 || length > held) { // before Arrow makes an array of this length
      throw new IndexOutOfBoundsException("text of " + length + " bytes where " + held + " are");
    }
    ByteBuffer bytes = ByteBuffer.wrap(strings.get(index));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
