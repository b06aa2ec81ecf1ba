package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;

/** Tables of texts that other programs have written. */
class ForeignTableTest {
  private static final ArrowType TEXT = ArrowType.Utf8.INSTANCE;
  private static final TableSchema SCHEMA =
      TableSchema.named("notes", 3)
          .column("id", ColumnType.STRING, "Id of the note.")
          .column("text", ColumnType.STRING, "What it says.")
          .build();
  private static final String LONG = "long enough to lie outside of its view, ß 五 😀";
  private static final List<Map<String, String>> ROWS =
      List.of(
          Map.of("id", "a", "text", LONG),
          Map.of("id", "b", "text", ""),
          Map.of("id", "c", "text", "short"),
          Map.of("id", "d", "text", LONG));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("n.arrow");
  }

  private static List<Map<String, Object>> read(Path file) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : ArrowTable.readForeign(file, SCHEMA).rows()) {
      rows.add(Map.of("id", row.string("id"), "text", row.string("text")));
    }
    return rows;
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ArrowTable.readForeign(file, SCHEMA))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + message);
  }

  static Stream<ArrowType> texts() {
    return Stream.of(TEXT, ArrowType.LargeUtf8.INSTANCE, ArrowType.Utf8View.INSTANCE);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void texts_are_read_however_they_are_stored_and_whatever_the_order(ArrowType type)
      throws IOException {
    ForeignFiles files = new ForeignFiles().column("text", type).column("id", TEXT);
    assertThat(read(files.write(file(), ROWS))).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @CsvSource({"8, true", "8, false", "16, true", "16, false", "32, true", "32, false", "64, true"})
  void a_dictionary_of_texts_is_read(int bits, boolean signed) throws IOException {
    for (ArrowType type : List.of(TEXT, ArrowType.LargeUtf8.INSTANCE)) {
      ForeignFiles files =
          new ForeignFiles()
              .dictionary("id", type, new ArrowType.Int(bits, signed))
              .dictionary("text", TEXT, new ArrowType.Int(bits, signed));
      assertThat(read(files.write(file(), ROWS))).isEqualTo(ROWS);
    }
  }

  @Test
  void an_unsigned_byte_counts_a_dictionary_to_its_end() throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      rows.add(Map.of("id", "i" + i, "text", "t" + i));
    }
    ForeignFiles files =
        new ForeignFiles().dictionary("id", TEXT, new ArrowType.Int(8, false)).column("text", TEXT);
    assertThat(read(files.write(file(), rows))).isEqualTo(rows);
  }

  @Test
  void rows_of_several_batches_and_of_none_are_read() throws IOException {
    ForeignFiles files = new ForeignFiles().column("id", TEXT).column("text", TEXT);
    assertThat(read(files.batches(3).write(file(), ROWS)))
        .hasSize(12)
        .startsWith(read(file()).get(0));
    assertThat(read(files.batches(0).write(file(), ROWS))).isEmpty();
    assertThat(read(files.batches(2).write(file(), List.of()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void an_empty_cell_is_refused_with_its_row_and_column(ArrowType type) throws IOException {
    Map<String, String> empty = new HashMap<>(Map.of("id", "b"));
    List<Map<String, String>> rows = List.of(ROWS.get(0), empty, ROWS.get(1));
    Path file = new ForeignFiles().column("id", TEXT).column("text", type).write(file(), rows);
    assertRefused(file, ": row 2, column text is null; expected a text");
    new ForeignFiles()
        .column("id", TEXT)
        .dictionary("text", TEXT, new ArrowType.Int(32, true))
        .write(file(), rows);
    assertRefused(file(), ": row 2, column text is null; expected a text");
  }

  static Stream<ArrowType> others() {
    return Stream.of(
        ArrowType.Null.INSTANCE,
        ArrowType.Bool.INSTANCE,
        ArrowType.Binary.INSTANCE,
        ArrowType.LargeBinary.INSTANCE,
        ArrowType.BinaryView.INSTANCE,
        ArrowType.List.INSTANCE,
        ArrowType.LargeList.INSTANCE,
        ArrowType.Struct.INSTANCE,
        new ArrowType.FixedSizeList(1),
        new ArrowType.FixedSizeBinary(2),
        new ArrowType.Int(8, true),
        new ArrowType.Int(64, false),
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
        new ArrowType.Decimal(10, 2, 128),
        new ArrowType.Date(DateUnit.DAY),
        new ArrowType.Duration(TimeUnit.SECOND),
        new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void a_column_of_another_type_is_refused_with_its_name_and_type(ArrowType type)
      throws IOException {
    Path file = new ForeignFiles().column("id", TEXT).column("text", type).write(file(), ROWS);
    assertRefused(file, ": column 'text' has the Arrow type " + type + ", but a text is expected");
  }

  @Test
  void a_column_that_is_missing_or_does_not_belong_there_is_refused_by_name() throws IOException {
    Path file = new ForeignFiles().column("id", TEXT).write(file(), ROWS);
    assertRefused(file, ": column 'text' (string) is missing; the table has [id]");
    new ForeignFiles()
        .column("id", TEXT)
        .column("text", TEXT)
        .column("texts", TEXT)
        .write(file, ROWS);
    assertRefused(
        file,
        ": column 'texts' does not belong in a table of notes, did you mean 'text'?; drop it, the"
            + " columns are [id, text]");
  }

  @Test
  void a_file_that_says_it_is_another_table_is_refused() throws IOException {
    ForeignFiles files = new ForeignFiles().column("id", TEXT).column("text", TEXT);
    files.metadata("seal4j.table", "notes").metadata("seal4j.version", "3").metadata("own", "x");
    assertThat(read(files.write(file(), ROWS))).isEqualTo(ROWS);
    assertRefused(
        files.metadata("seal4j.version", "2").write(file(), ROWS),
        " holds table 'notes' version 2 but table 'notes' version 3 was expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAR1, a Parquet file", "FEA1, a Feather file of version 1"})
  void another_kind_of_file_is_refused_by_name(String magicAndKind) throws IOException {
    String[] parts = magicAndKind.split(", ", 2);
    Files.writeString(file(), parts[0] + "some bytes of such a file" + parts[0]);
    assertRefused(file(), " is " + parts[1] + ", not an Arrow file");
    Files.write(file(), new byte[0]);
    assertRefused(file(), " is empty; expected an Arrow file");
  }

  @Test
  void a_table_of_a_big_endian_machine_is_refused() throws IOException {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int fields = org.apache.arrow.flatbuf.Schema.createFieldsVector(builder, new int[0]);
    int schema =
        org.apache.arrow.flatbuf.Schema.createSchema(builder, Endianness.Big, fields, 0, 0);
    Footer.startFooter(builder);
    Footer.addSchema(builder, schema);
    builder.finish(Footer.endFooter(builder));
    byte[] footer = builder.sizedByteArray();
    ByteBuffer bytes = ByteBuffer.allocate(8 + footer.length + 10).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII)).put(footer);
    bytes.putInt(footer.length).put("ARROW1".getBytes(StandardCharsets.US_ASCII));
    Files.write(file(), bytes.array());
    assertRefused(file(), " was written on a big-endian machine; only little-endian tables are");
  }

  @Test
  void a_text_that_is_not_UTF_8_is_refused_with_its_row_and_column() throws IOException {
    Path file = new ForeignFiles().column("id", TEXT).column("text", TEXT).write(file(), ROWS);
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("short");
    bytes[at + 1] = (byte) 0xFF;
    Files.write(file, bytes);
    assertRefused(file, ": row 3, column text holds a text that is not UTF-8");
  }
}
