package org.seal4j.data.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/** Table schemas as Arrow schemas and back, and the comparison of found and expected. */
final class ArrowSchemas {
  /** Key of the metadata that holds the proof of a file or of a row. */
  static final String PROOF = "seal4j.proof";

  private static final String NAME = "seal4j.table";
  private static final String VERSION = "seal4j.version";
  private static final String DESCRIPTION = "description";

  private ArrowSchemas() {}

  static Schema toArrow(TableSchema schema) {
    List<Field> fields = new ArrayList<>();
    for (Column column : schema.columns()) {
      Map<String, String> description = Map.of(DESCRIPTION, column.description());
      FieldType type =
          new FieldType(column.nullable(), arrowType(column.type()), null, description);
      fields.add(new Field(column.name(), type, List.of()));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(NAME, schema.name());
    metadata.put(VERSION, Integer.toString(schema.version()));
    return new Schema(fields, metadata);
  }

  /** The table schema in a file, refused where the file is no table of ours. */
  static TableSchema fromArrow(Schema schema, Object file) {
    try {
      String name = metadata(schema.getCustomMetadata(), NAME, "schema");
      String version = metadata(schema.getCustomMetadata(), VERSION, "schema");
      Checks.require(
          version.matches("[1-9][0-9]{0,8}"),
          "its metadata '%s' is '%s' but must be a number from 1",
          VERSION,
          version);
      List<Column> columns = schema.getFields().stream().map(ArrowSchemas::column).toList();
      return new TableSchema(name, Integer.parseInt(version), columns);
    } catch (InputException e) {
      throw new InputException(
          "%s is not a table of Seal4J: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Refuses a file that says it is another table; it may also say nothing. */
  static void requireNamed(Schema found, TableSchema expected, Object file) {
    String name = found.getCustomMetadata().getOrDefault(NAME, expected.name());
    String version =
        found.getCustomMetadata().getOrDefault(VERSION, Integer.toString(expected.version()));
    if (!name.equals(expected.name()) || !version.equals(Integer.toString(expected.version()))) {
      throw Checks.refuse(
          "%s holds table '%s' version %s but table '%s' version %d was expected",
          file, name, version, expected.name(), expected.version());
    }
  }

  private static Column column(Field field) {
    String place = "column '" + field.getName() + "'";
    String description = metadata(field.getMetadata(), DESCRIPTION, place);
    return new Column(field.getName(), type(field), field.isNullable(), description);
  }

  /**
   * Refuses a file whose schema differs in anything but the wording of descriptions.
   *
   * @return the expected schema
   */
  static TableSchema requireSame(TableSchema found, TableSchema expected, Object file) {
    if (!found.name().equals(expected.name()) || found.version() != expected.version()) {
      throw Checks.refuse(
          "%s holds table '%s' version %d but table '%s' version %d was expected",
          file, found.name(), found.version(), expected.name(), expected.version());
    }
    int count = Math.max(found.columns().size(), expected.columns().size());
    for (int i = 0; i < count; i++) {
      String has = columnText(found, i);
      String needs = columnText(expected, i);
      Checks.require(
          has.equals(needs), "%s: column %d is %s but %s was expected", file, i + 1, has, needs);
    }
    return expected;
  }

  private static ArrowType arrowType(ColumnType type) {
    return switch (type) {
      case STRING -> ArrowType.Utf8.INSTANCE;
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case BOOL -> ArrowType.Bool.INSTANCE;
    };
  }

  private static String columnText(TableSchema schema, int index) {
    if (index >= schema.columns().size()) {
      return "missing";
    }
    Column column = schema.columns().get(index);
    return "'%s' (%s)".formatted(column.name(), column.typeText());
  }

  private static ColumnType type(Field field) {
    if (field.getDictionary() == null) {
      for (ColumnType type : ColumnType.values()) {
        if (arrowType(type).equals(field.getType())) {
          return type;
        }
      }
    }
    throw Checks.refuse(
        "column '%s' has the Arrow type %s%s, but the types of a table are %s",
        field.getName(),
        field.getType(),
        field.getDictionary() == null ? "" : " with a dictionary",
        List.of(ColumnType.values()));
  }

  private static String metadata(Map<String, String> all, String key, String place) {
    return Checks.present(all.get(key), "its %s has no metadata '%s'", place, key);
  }
}
