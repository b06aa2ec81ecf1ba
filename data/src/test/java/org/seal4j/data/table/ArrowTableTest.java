package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.file.Proof;

class ArrowTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 64, 1000})
  void reading_gives_back_the_rows_that_were_written(int count) {
    long seed = Long.getLong("seal.test.seed", 11);
    Path file = folder.resolve("t.arrow");
    List<Row> rows = Samples.random(count, seed);
    ArrowTable written = ArrowTable.write(file, Samples.ALL_TYPES, rows);
    ArrowTable read = ArrowTable.read(file, Samples.ALL_TYPES);
    assertThat(read).as("seed %d", seed).isEqualTo(written);
    assertThat(read.rows()).isEqualTo(rows);
    assertThat(read.sha256()).isEqualTo(ContentHash.ofFile(file));
    assertThat(ArrowTable.read(file)).isEqualTo(read);
  }

  @Test
  void a_table_of_more_than_one_batch_keeps_its_order() {
    Path file = folder.resolve("t.arrow");
    List<Row> rows = Samples.small(0, (1 << 16) + 3);
    ArrowTable.write(file, Samples.SMALL, rows);
    assertThat(ArrowTable.read(file, Samples.SMALL).rows()).isEqualTo(rows);
  }

  @Test
  void the_same_rows_make_the_same_bytes() throws IOException {
    Path first = folder.resolve("first.arrow");
    Path second = folder.resolve("second.arrow");
    ArrowTable.write(first, Samples.ALL_TYPES, Samples.random(100, 5));
    ArrowTable.write(second, Samples.ALL_TYPES, Samples.random(1000, 6));
    ArrowTable.write(second, Samples.ALL_TYPES, Samples.random(100, 5));
    assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
  }

  @Test
  void every_not_a_number_makes_the_same_bytes() {
    Row quiet = loss(Double.NaN);
    Row payload = loss(Double.longBitsToDouble(0x7ff8_0000_0000_1234L));
    Path file = folder.resolve("t.arrow");
    String first = ArrowTable.write(file, Samples.ALL_TYPES, List.of(quiet)).sha256();
    assertThat(ArrowTable.write(file, Samples.ALL_TYPES, List.of(payload)).sha256())
        .isEqualTo(first);
  }

  @Test
  void another_schema_is_refused_with_the_column_found_and_expected() {
    Path file = folder.resolve("t.arrow");
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 2));
    assertThatThrownBy(() -> ArrowTable.read(file, Samples.ALL_TYPES))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s holds table 'small' version 1 but table 'samples' version 2 was expected", file);
    TableSchema wider =
        TableSchema.named("small", 1)
            .column("id", ColumnType.INT64, "Number of the row.")
            .nullable("note", ColumnType.STRING, "A text or nothing.")
            .build();
    assertThatThrownBy(() -> ArrowTable.read(file, wider))
        .hasMessage("%s: column 1 is 'id' (int32) but 'id' (int64) was expected", file);
    TableSchema shorter =
        TableSchema.named("small", 1).column("id", ColumnType.INT32, "Number.").build();
    assertThatThrownBy(() -> ArrowTable.read(file, shorter))
        .hasMessage("%s: column 2 is 'note' (string, nullable) but missing was expected", file);
  }

  @Test
  void a_reworded_description_does_not_make_another_schema() {
    Path file = folder.resolve("t.arrow");
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 2));
    TableSchema reworded =
        TableSchema.named("small", 1)
            .column("id", ColumnType.INT32, "The number.")
            .nullable("note", ColumnType.STRING, "A note.")
            .build();
    ArrowTable read = ArrowTable.read(file, reworded);
    assertThat(read.schema()).isEqualTo(reworded);
    assertThat(read.rows().get(1).string("note")).isEqualTo("é1");
  }

  @Test
  void a_cut_file_is_refused_in_one_sentence() throws IOException {
    Path file = folder.resolve("t.arrow");
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 3));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += length < whole.length - 64 ? 5 : 1) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ArrowTable.read(file))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file.toString())
          .message()
          .doesNotContain("\n");
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {0x01, 0xFF})
  void a_file_with_a_changed_byte_reads_as_rows_or_is_refused_and_never_breaks_the_reader(int flip)
      throws IOException {
    Path file = folder.resolve("t.arrow");
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 3));
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < whole.length; i += 3) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) flip;
      Files.write(file, changed);
      try {
        ArrowTable.read(file, Samples.SMALL);
      } catch (InputException e) {
        assertThat(e.getMessage()).contains(file.toString());
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 30);
  }

  /** As another program would have written it: Arrow's own checks are all there is. */
  @Test
  void a_damaged_table_without_a_proof_leaves_no_memory_behind() throws IOException {
    Path file = folder.resolve("t.arrow");
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 3));
    byte[] whole = Files.readAllBytes(file);
    whole[Proof.place(whole, 0, whole.length) - 2] = '!';
    Files.write(file, whole);
    assertThat(ArrowTable.read(file, Samples.SMALL).rows()).isEqualTo(Samples.small(0, 3));
    int refused = 0;
    for (int i = 300; i < whole.length - 200; i += 7) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) 0xFF;
      Files.write(file, changed);
      try {
        ArrowTable.read(file, Samples.SMALL);
      } catch (InputException e) {
        assertThat(e.getMessage()).doesNotContain("leaked").contains(file.toString());
        assertThat(e.getSuppressed()).isEmpty();
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void a_flipped_bit_anywhere_is_refused_or_takes_the_proof_away() throws IOException {
    Path file = folder.resolve("t.arrow");
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 3));
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(file, changed);
      assertThatThrownBy(() -> ArrowTable.readProven(file, Samples.SMALL))
          .as("byte %d", i)
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void other_files_are_refused_by_what_they_are() throws IOException {
    Path file = folder.resolve("t.arrow");
    Files.writeString(file, "id,note\n1,x\n");
    assertThatThrownBy(() -> ArrowTable.read(file))
        .hasMessage("%s is not an Arrow file: it does not start with ARROW1", file);
    RowLog.open(file.resolveSibling("log.arrows"), Samples.SMALL).close();
    assertThatThrownBy(() -> ArrowTable.read(file.resolveSibling("log.arrows")))
        .hasMessageEndingWith(
            "is an Arrow stream, not an Arrow file; if it is a log of rows, read it as a RowLog");
    assertThatThrownBy(() -> ArrowTable.read(folder.resolve("none.arrow")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("none.arrow: no such file");
  }

  @Test
  void a_row_of_another_table_is_refused_and_no_file_is_made() {
    Path file = folder.resolve("t.arrow");
    assertThatThrownBy(() -> ArrowTable.write(file, Samples.ALL_TYPES, Samples.small(0, 1)))
        .hasMessage("a row of table 'small' version 1 cannot go into table 'samples' version 2");
    assertThat(file).doesNotExist();
  }

  private static Row loss(double value) {
    return Samples.ALL_TYPES
        .row()
        .set("id", 1)
        .set("text", "")
        .setNull("note")
        .set("count", 0L)
        .set("loss", value)
        .set("rate", 0f)
        .setNull("solved")
        .build();
  }
}
