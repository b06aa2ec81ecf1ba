package org.seal4j.data.table;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/** Single cells: the check of a value against its column, and its way into and out of Arrow. */
final class Cells {
  private Cells() {}

  /** The value as it is stored, or a refusal that names table, column, found and expected. */
  static @Nullable Object checked(TableSchema schema, Column column, @Nullable Object value) {
    if (value == null) {
      Checks.require(
          column.nullable(),
          "table '%s', column '%s' is null but the column is not nullable",
          schema.name(),
          column.name());
      return null;
    }
    if (!column.type().javaType().isInstance(value)) {
      throw Checks.refuse(
          "table '%s', column '%s' holds %s, so a row needs a %s, but got the %s '%s'",
          schema.name(),
          column.name(),
          column.type(),
          column.type().javaType().getSimpleName(),
          value.getClass().getSimpleName(),
          value);
    }
    if (value instanceof String text) {
      requireUnicode(schema, column, text);
    }
    if (value instanceof Double number && number.isNaN()) {
      return Double.NaN;
    }
    if (value instanceof Float number && number.isNaN()) {
      return Float.NaN;
    }
    return value;
  }

  /** Puts a checked value into the vector of a column; the vector grows as needed. */
  static void write(ColumnType type, FieldVector vector, int index, @Nullable Object value) {
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
  static @Nullable Object read(FieldVector vector, int index) throws CharacterCodingException {
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

  private static void requireUnicode(TableSchema schema, Column column, String text) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw Checks.refuse(
          "table '%s', column '%s' got a text with half of a surrogate pair, which UTF-8 cannot"
              + " hold",
          schema.name(), column.name());
    }
  }
}
