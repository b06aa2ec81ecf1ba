package org.seal4j.data.table;

import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.check.Shown;

/**
 * The columns of a table of texts that another program has written. They are found by their names
 * in any order; texts may be strings, large strings, string views, or numbers into a dictionary of
 * them. What no table of this kind has, what is missing and what is empty is refused with its
 * place.
 */
final class ForeignColumns {
  /** Most characters of a table: rows that share one long text must not fill the memory. */
  private static final long MOST_CHARACTERS = 1L << 28;

  private final Path file;
  private final TableSchema schema;
  private final VectorSchemaRoot root;
  private final Map<Long, Dictionary> dictionaries;
  private long characters;

  private ForeignColumns(
      Path file, TableSchema schema, VectorSchemaRoot root, Map<Long, Dictionary> dictionaries) {
    this.file = file;
    this.schema = schema;
    this.root = root;
    this.dictionaries = dictionaries;
  }

  /** Checks names and types before a row is read. */
  static ForeignColumns of(
      Path file, TableSchema schema, VectorSchemaRoot root, Map<Long, Dictionary> dictionaries) {
    ArrowSchemas.requireNamed(root.getSchema(), schema, file);
    List<String> known = schema.columns().stream().map(Column::name).toList();
    List<String> found = new ArrayList<>();
    for (Field field : root.getSchema().getFields()) {
      String name = field.getName();
      Checks.require(
          known.contains(name),
          "%s: column '%s' does not belong in a table of %s%s; drop it, the columns are %s",
          file,
          name,
          schema.name(),
          Nearest.to(name, known).map(near -> ", did you mean '" + near + "'?").orElse(""),
          known);
      Checks.require(!found.contains(name), "%s: column '%s' is there twice", file, name);
      found.add(name);
    }
    ForeignColumns columns = new ForeignColumns(file, schema, root, dictionaries);
    for (Column column : schema.columns()) {
      Checks.require(
          found.contains(column.name()),
          "%s: column '%s' (%s) is missing; the table has %s",
          file,
          column.name(),
          column.typeText(),
          Shown.names(found));
      columns.requireText(root.getVector(column.name()));
    }
    return columns;
  }

  /** Appends the rows of the batch at hand; places are counted from row 1 of the table. */
  void drain(List<Row> into) {
    Map<String, TextCells> cells = new LinkedHashMap<>();
    for (Column column : schema.columns()) {
      cells.put(column.name(), cells(root.getVector(column.name())));
    }
    for (int r = 0; r < root.getRowCount(); r++) {
      Row.Builder row = schema.row();
      for (Map.Entry<String, TextCells> column : cells.entrySet()) {
        String place = "%s: row %d, column %s".formatted(file, into.size() + 1, column.getKey());
        row.set(column.getKey(), text(column.getValue(), r, place));
      }
      into.add(row.build());
    }
  }

  private String text(TextCells cells, int row, String place) {
    @Nullable String text;
    try {
      text = cells.at(row);
    } catch (CharacterCodingException e) {
      throw new InputException(place + " holds a text that is not UTF-8", e);
    } catch (InputException e) {
      throw new InputException(place + " " + e.getMessage(), e);
    }
    String present = Checks.present(text, "%s is null; expected a text", place);
    characters += present.length();
    Checks.require(
        characters <= MOST_CHARACTERS,
        "%s: the texts of the table have more than %d characters; split it into several files",
        place,
        MOST_CHARACTERS);
    return present;
  }

  private void requireText(FieldVector vector) {
    Field field = vector.getField();
    DictionaryEncoding encoding = field.getDictionary();
    Field values = encoding == null ? field : entries(encoding, field).getField();
    ArrowType type = values.getType();
    boolean text =
        type.equals(ArrowType.Utf8.INSTANCE)
            || type.equals(ArrowType.LargeUtf8.INSTANCE)
            || type.equals(ArrowType.Utf8View.INSTANCE);
    Checks.require(
        text,
        "%s: column '%s' has the Arrow type %s%s, but a text is expected (string, large string,"
            + " string view or a dictionary of them)",
        file,
        field.getName(),
        type,
        encoding == null ? "" : " in a dictionary");
  }

  private TextCells cells(FieldVector vector) {
    DictionaryEncoding encoding = vector.getField().getDictionary();
    try {
      return encoding == null
          ? TextCells.of(vector)
          : TextCells.of(vector, entries(encoding, vector.getField()));
    } catch (CharacterCodingException e) {
      throw new InputException(
          "%s: the dictionary of column '%s' holds a text that is not UTF-8"
              .formatted(file, vector.getField().getName()),
          e);
    }
  }

  private FieldVector entries(DictionaryEncoding encoding, Field field) {
    return Checks.present(
            dictionaries.get(encoding.getId()),
            "%s: column '%s' has no dictionary %d",
            file,
            field.getName(),
            encoding.getId())
        .getVector();
  }
}
