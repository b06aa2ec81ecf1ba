package org.seal4j.data.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * One row of a table: a value for each column of its schema, checked when it is built. Immutable.
 * Every not-a-number is stored as the same bits, so that equal rows make equal bytes.
 */
public final class Row {
  private final TableSchema schema;
  private final @Nullable Object[] values;

  private Row(TableSchema schema, @Nullable Object[] values) {
    this.schema = schema;
    this.values = values;
  }

  /** The schema that the row keeps. */
  public TableSchema schema() {
    return schema;
  }

  /** The value in this column, null when the cell is empty. */
  public @Nullable Object value(String column) {
    return values[schema.indexOf(column)];
  }

  /** Whether the cell is empty. */
  public boolean isNull(String column) {
    return value(column) == null;
  }

  /** The text in a {@link ColumnType#STRING} column. */
  public String string(String column) {
    return present(column, String.class);
  }

  /** The number in an {@link ColumnType#INT32} column. */
  public int int32(String column) {
    return present(column, Integer.class);
  }

  /** The number in an {@link ColumnType#INT64} column. */
  public long int64(String column) {
    return present(column, Long.class);
  }

  /** The number in a {@link ColumnType#FLOAT32} column. */
  public float float32(String column) {
    return present(column, Float.class);
  }

  /** The number in a {@link ColumnType#FLOAT64} column. */
  public double float64(String column) {
    return present(column, Double.class);
  }

  /** The flag in a {@link ColumnType#BOOL} column. */
  public boolean bool(String column) {
    return present(column, Boolean.class);
  }

  /** The values by column name, in column order; unmodifiable. */
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put(schema.columns().get(i).name(), values[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  /** The value at this position, null when the cell is empty. */
  @Nullable Object at(int column) {
    return values[column];
  }

  private <T> T present(String column, Class<T> type) {
    Object value =
        Checks.present(
            value(column),
            "table '%s', column '%s': the cell is empty; ask isNull first",
            schema.name(),
            column);
    if (!type.isInstance(value)) {
      ColumnType held = schema.columns().get(schema.indexOf(column)).type();
      throw Checks.refuse(
          "table '%s', column '%s' holds %s, not %s",
          schema.name(), column, held, type.getSimpleName());
    }
    return type.cast(value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row that
        && schema.equals(that.schema)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + Arrays.hashCode(values);
  }

  /** The table name and the values: {@code edits{task=0d3d703e, reason=null}}. */
  @Override
  public String toString() {
    return schema.name() + asMap();
  }

  /** Collects the values of one row; each column must be set exactly once, empty cells too. */
  public static final class Builder {
    private final TableSchema schema;
    private final @Nullable Object[] values;
    private final boolean[] set;

    Builder(TableSchema schema) {
      this.schema = schema;
      this.values = new @Nullable Object[schema.columns().size()];
      this.set = new boolean[values.length];
    }

    /**
     * Sets one cell.
     *
     * @param value of exactly the column's {@link ColumnType#javaType()}; null leaves the cell
     *     empty
     * @throws org.seal4j.data.check.InputException when the schema has no such column, the type is
     *     another, the column is not nullable, or the cell is set already
     */
    public Builder set(String column, @Nullable Object value) {
      int index = schema.indexOf(column);
      Checks.require(
          !set[index], "table '%s', column '%s' is set twice in one row", schema.name(), column);
      values[index] = schema.columns().get(index).checked(schema.name(), value);
      set[index] = true;
      return this;
    }

    /** Leaves a cell of a nullable column empty. */
    public Builder setNull(String column) {
      return set(column, null);
    }

    /** The row; throws when a column was not set. */
    public Row build() {
      for (int i = 0; i < set.length; i++) {
        Column column = schema.columns().get(i);
        Checks.require(
            set[i],
            "table '%s': the row has no value for column '%s'; set it%s",
            schema.name(),
            column.name(),
            column.nullable() ? " or call setNull" : "");
      }
      return new Row(schema, values.clone());
    }
  }
}
