package org.seal4j.data.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;

/**
 * What a table holds: its name, its version, and its columns in order, each with a sentence that
 * documents it. The sentences travel in the file, as Arrow field metadata.
 *
 * <pre>{@code
 * static final TableSchema EDITS =
 *     TableSchema.named("edits", 1)
 *         .column("task", ColumnType.STRING, "Id of the task that the edit was written for.")
 *         .nullable("reason", ColumnType.STRING, "Why the edit is invalid; null when it is valid.")
 *         .build();
 * Row row = EDITS.row().set("task", "0d3d703e").setNull("reason").build();
 * }</pre>
 *
 * @param name what the table is called, as a column name is spelled
 * @param version counts up from 1 whenever the columns change
 * @param columns at least one, names differ
 */
public record TableSchema(String name, int version, List<Column> columns) {

  public TableSchema {
    columns = List.copyOf(columns);
    Column.requireName("table", name);
    Checks.require(version >= 1, "table '%s' has version %d; versions start at 1", name, version);
    Checks.require(!columns.isEmpty(), "table '%s' has no column; it needs at least one", name);
    Set<String> seen = new LinkedHashSet<>();
    for (Column column : columns) {
      Checks.require(
          seen.add(column.name()),
          "table '%s' has two columns called '%s'; names must differ",
          name,
          column.name());
    }
  }

  /** Starts a schema without columns. */
  public static Builder named(String name, int version) {
    return new Builder(name, version);
  }

  /** Starts a row of this table. */
  public Row.Builder row() {
    return new Row.Builder(this);
  }

  /** Position of the column, which must exist. */
  int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw Checks.refuse(
        "table '%s' has no column '%s'; it has %s",
        name, column, String.join(", ", columns.stream().map(Column::name).toList()));
  }

  /** Collects columns in order. */
  public static final class Builder {
    private final String name;
    private final int version;
    private final List<Column> columns = new ArrayList<>();

    private Builder(String name, int version) {
      this.name = name;
      this.version = version;
    }

    /** Adds a column in which every cell has a value. */
    public Builder column(String column, ColumnType type, String description) {
      columns.add(new Column(column, type, false, description));
      return this;
    }

    /** Adds a column whose cells may be empty. */
    public Builder nullable(String column, ColumnType type, String description) {
      columns.add(new Column(column, type, true, description));
      return this;
    }

    /** Checks and returns the schema. */
    public TableSchema build() {
      return new TableSchema(name, version, columns);
    }
  }
}
