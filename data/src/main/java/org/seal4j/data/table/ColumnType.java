package org.seal4j.data.table;

/** What the cells of a column hold. */
public enum ColumnType {
  /** Text; a {@link String} in a row, UTF-8 in a file. */
  STRING("string", String.class),
  /** A 32-bit integer; an {@link Integer} in a row. */
  INT32("int32", Integer.class),
  /** A 64-bit integer; a {@link Long} in a row. */
  INT64("int64", Long.class),
  /** A single-precision number; a {@link Float} in a row. */
  FLOAT32("float32", Float.class),
  /** A double-precision number; a {@link Double} in a row. */
  FLOAT64("float64", Double.class),
  /** True or false; a {@link Boolean} in a row. */
  BOOL("bool", Boolean.class);

  private final String label;
  private final Class<?> javaType;

  ColumnType(String label, Class<?> javaType) {
    this.label = label;
    this.javaType = javaType;
  }

  /** The class of the values that a row holds in such a column. */
  public Class<?> javaType() {
    return javaType;
  }

  /** The name in documents and messages, as pyarrow spells it. */
  @Override
  public String toString() {
    return label;
  }
}
