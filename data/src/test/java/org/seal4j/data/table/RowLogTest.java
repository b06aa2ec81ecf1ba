package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.testing.TestSeeds;

class RowLogTest {
  private static final int ROWS = 2;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name_the_file() {
    file = folder.resolve("rows.arrows");
  }

  /** 0 or 1: which half of a file's bytes a test tries. */
  private static int drawn() {
    return TestSeeds.of("RowLogTest", 31).rng().nextInt(2);
  }

  @Test
  @Tag("slow")
  void a_log_cut_at_any_byte_and_resumed_is_byte_for_byte_an_uninterrupted_one()
      throws IOException {
    byte[] whole = undisturbed();
    int header = Math.toIntExact(starts().get(0));
    // a log cut in its header starts anew: a sample of those cuts is enough
    for (int length = drawn(); length <= whole.length; length += length < header ? 32 : 2) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(resumed()).as("cut to %d of %d bytes", length, whole.length).isEqualTo(whole);
    }
  }

  @Test
  void a_row_whose_prefix_never_reached_the_disk_does_not_count() throws IOException {
    byte[] whole = undisturbed();
    long lastRow = starts().get(ROWS - 1);
    byte[] torn = Arrays.copyOf(whole, whole.length - RowMessage.PREFIX);
    Arrays.fill(torn, (int) lastRow, (int) lastRow + RowMessage.PREFIX, (byte) 0);
    Files.write(file, torn);
    assertThat(RowLog.read(file).rows()).isEqualTo(Samples.small(0, ROWS - 1));
    assertThat(stockReader(torn)).isEqualTo(Samples.small(0, ROWS - 1));
    assertThat(resumed()).isEqualTo(whole);
  }

  @Test
  void a_row_is_on_disk_when_append_returns() throws IOException {
    try (RowLog log = RowLog.open(file, Samples.SMALL)) {
      for (int n = 1; n <= ROWS; n++) {
        log.append(Samples.small(n - 1));
        assertThat(RowLog.read(file).rows()).isEqualTo(Samples.small(0, n));
        assertThat(log.rows()).isEqualTo(Samples.small(0, n));
        assertThat(stockReader(Files.readAllBytes(file))).isEqualTo(Samples.small(0, n));
      }
    }
  }

  @Test
  void a_row_that_a_stopped_run_wrote_is_found_and_must_be_the_same() throws IOException {
    byte[] whole = undisturbed();
    Files.delete(file);
    try (RowLog log = RowLog.open(file, Samples.SMALL)) {
      log.append(Samples.small(0));
      for (int n = 0; n < ROWS; n++) {
        log.put(n, Samples.small(n));
      }
      assertThatThrownBy(() -> log.put(1, Samples.small(2)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("rows.arrows: the run cannot be resumed here")
          .hasMessageContaining("was logged");
      assertThat(log.rows()).isEqualTo(Samples.small(0, ROWS));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void every_column_type_survives_and_the_stock_reader_agrees() throws IOException {
    long seed = Long.getLong("seal.test.seed", 21);
    List<Row> rows = Samples.random(40, seed);
    try (RowLog log = RowLog.open(file, Samples.ALL_TYPES)) {
      rows.forEach(log::append);
    }
    ArrowTable read = RowLog.read(file, Samples.ALL_TYPES);
    assertThat(read.rows()).as("seed %d", seed).isEqualTo(rows);
    assertThat(read.schema()).isEqualTo(Samples.ALL_TYPES);
    assertThat(read.sha256()).isEqualTo(ContentHash.ofFile(file));
    assertThat(stockReader(Files.readAllBytes(file))).isEqualTo(rows);
  }

  @Test
  void a_log_without_rows_is_a_whole_stream() throws IOException {
    RowLog.open(file, Samples.SMALL).close();
    assertThat(RowLog.read(file, Samples.SMALL).rows()).isEmpty();
    assertThat(stockReader(Files.readAllBytes(file))).isEmpty();
  }

  @Test
  void a_log_of_another_schema_is_refused_and_left_as_it_is() throws IOException {
    byte[] whole = undisturbed();
    assertThatThrownBy(() -> RowLog.open(file, Samples.ALL_TYPES))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s holds table 'small' version 1 but table 'samples' version 2 was expected", file);
    TableSchema reworded =
        TableSchema.named("small", 1)
            .column("id", ColumnType.INT32, "The number.")
            .nullable("note", ColumnType.STRING, "A text or nothing.")
            .build();
    assertThatThrownBy(() -> RowLog.open(file, reworded))
        .hasMessageContaining("documents the columns of table 'small' in other words");
    assertThat(RowLog.read(file, reworded).rows()).hasSize(ROWS);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void a_damaged_log_is_refused_with_its_place_and_left_as_it_is() throws IOException {
    byte[] whole = undisturbed();
    int second = Math.toIntExact(starts().get(1));
    byte[] noMarker = whole.clone();
    noMarker[second] = 7;
    assertRefused(noMarker, "no Arrow stream message starts at byte " + second);
    byte[] badMetadata = whole.clone();
    Arrays.fill(badMetadata, second + RowMessage.PREFIX, second + 40, (byte) 0x55);
    assertRefused(badMetadata, "the message at byte " + second + " makes no sense");
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertRefused(longer, "bytes follow the end-of-stream marker");
    assertRefused("id,note\n1,x and more\n".getBytes(), "is not a log of rows");
  }

  @Test
  void a_flipped_bit_anywhere_is_noticed_and_the_log_left_as_it_is() throws IOException {
    byte[] whole = undisturbed();
    int header = Math.toIntExact(starts().get(0));
    int end = whole.length - RowMessage.PREFIX;
    for (int i = drawn(); i < whole.length; i += i < end ? 2 : 1) {
      for (int bit = i % 7; bit < 8; bit += i < end ? 7 : 1) {
        requireNoticed(whole, i, bit, header);
      }
    }
  }

  /** A run that was killed between two rows leaves a log without an end-of-stream marker. */
  @Test
  @Tag("slow")
  void a_flipped_bit_in_an_unfinished_log_is_noticed_or_takes_away_a_row_that_is_written_again()
      throws IOException {
    byte[] finished = undisturbed();
    byte[] whole = Arrays.copyOf(finished, finished.length - RowMessage.PREFIX);
    int header = Math.toIntExact(starts().get(0));
    int lastPrefix = Math.toIntExact(starts().get(ROWS - 1));
    for (int i = drawn(); i < whole.length; i += i < lastPrefix ? 2 : 1) {
      for (int bit = i % 7; bit < 8; bit += i < lastPrefix ? 7 : 1) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << bit);
        Files.write(file, changed);
        if (i >= lastPrefix && i < lastPrefix + RowMessage.PREFIX && isAccepted()) {
          assertThat(resumed())
              .isEqualTo(finished); // as if the prefix had reached the disk in part
        } else {
          requireNoticed(whole, i, bit, header);
        }
      }
    }
  }

  private boolean isAccepted() {
    try {
      return RowLog.read(file, Samples.SMALL).rows().equals(Samples.small(0, ROWS - 1));
    } catch (InputException e) {
      return false;
    }
  }

  private void requireNoticed(byte[] whole, int at, int bit, int header) throws IOException {
    byte[] changed = whole.clone();
    changed[at] ^= (byte) (1 << bit);
    Files.write(file, changed);
    assertThatThrownBy(() -> RowLog.open(file, Samples.SMALL).close())
        .as("bit %d of byte %d", bit, at)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(changed);
    if (at >= header) { // a header without its proof is one of before
      assertThatThrownBy(() -> RowLog.read(file, Samples.SMALL))
          .as("bit %d of byte %d", bit, at)
          .isInstanceOf(InputException.class)
          .message()
          .hasLineCount(1)
          .contains(file.toString());
    }
  }

  @Test
  void a_row_whose_prefix_reached_the_disk_in_part_is_written_again() throws IOException {
    byte[] whole = undisturbed();
    int lastRow = Math.toIntExact(starts().get(ROWS - 1));
    for (int arrived = 0; arrived < RowMessage.PREFIX; arrived++) {
      byte[] torn = Arrays.copyOf(whole, whole.length - RowMessage.PREFIX);
      Arrays.fill(torn, lastRow + arrived, lastRow + RowMessage.PREFIX, (byte) 0);
      Files.write(file, torn);
      int rows = Arrays.equals(torn, Arrays.copyOf(whole, torn.length)) ? ROWS : ROWS - 1;
      assertThat(RowLog.read(file).rows()).as("%d bytes", arrived).hasSize(rows);
      assertThat(resumed()).as("%d bytes", arrived).isEqualTo(whole);
    }
  }

  @Test
  void an_end_of_stream_or_a_header_that_reached_the_disk_in_part_is_written_again()
      throws IOException {
    byte[] whole = undisturbed();
    for (int arrived = 0; arrived < RowMessage.PREFIX; arrived++) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, whole.length - RowMessage.PREFIX + arrived, whole.length, (byte) 0);
      Files.write(file, torn);
      assertThat(resumed()).as("%d bytes", arrived).isEqualTo(whole);
    }
    int header = Math.toIntExact(starts().get(0));
    for (int arrived = 0; arrived < header; arrived += 41) {
      byte[] torn = Arrays.copyOf(whole, header);
      Arrays.fill(torn, arrived, header, (byte) 0);
      Files.write(file, torn);
      assertThat(resumed()).as("%d bytes", arrived).isEqualTo(whole);
    }
  }

  @Test
  void a_row_that_is_missing_or_moved_or_of_another_log_is_noticed() throws IOException {
    byte[] whole = undisturbed();
    int first = Math.toIntExact(starts().get(0));
    int second = Math.toIntExact(starts().get(1));
    byte[] without = new byte[whole.length - (second - first)];
    System.arraycopy(whole, 0, without, 0, first);
    System.arraycopy(whole, second, without, first, whole.length - second);
    assertRefused(without, "row 1 at byte " + first + ", is damaged");
    byte[] twice = new byte[second + whole.length - first];
    System.arraycopy(whole, 0, twice, 0, second);
    System.arraycopy(whole, first, twice, second, whole.length - first);
    assertRefused(twice, "row 2 at byte " + second + ", is damaged");
  }

  @Test
  void a_log_that_is_changed_replaced_or_removed_while_it_is_written_is_noticed_at_its_end()
      throws IOException {
    byte[] other = undisturbed();
    Files.delete(file);
    RowLog removed = RowLog.open(file, Samples.SMALL);
    removed.append(Samples.small(0));
    Files.delete(file);
    assertThatThrownBy(removed::close).isInstanceOf(InputException.class);
    RowLog replaced = RowLog.open(file, Samples.SMALL);
    replaced.append(Samples.small(0));
    Files.delete(file);
    Files.write(file, other);
    assertThatThrownBy(replaced::close)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("was replaced by another file while it was written");
    Files.delete(file);
    RowLog changed = RowLog.open(file, Samples.SMALL);
    changed.append(Samples.small(0));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(changed::close).hasMessageContaining("row 1 at byte");
  }

  @Test
  void an_arrow_file_is_no_log() {
    ArrowTable.write(file, Samples.SMALL, Samples.small(0, 1));
    assertThatThrownBy(() -> RowLog.read(file)).hasMessageContaining("is not a log of rows");
  }

  @Test
  void a_log_has_one_writer() {
    try (RowLog log = RowLog.open(file, Samples.SMALL)) {
      log.append(Samples.small(0));
      assertThatThrownBy(() -> RowLog.open(file, Samples.SMALL))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is open for writing elsewhere");
      log.append(Samples.small(1));
    }
    assertThat(RowLog.read(file).rows()).isEqualTo(Samples.small(0, 2));
  }

  @Test
  void a_row_of_another_table_is_refused_and_the_log_goes_on() {
    try (RowLog log = RowLog.open(file, Samples.SMALL)) {
      assertThatThrownBy(() -> log.append(Samples.random(1, 1).get(0)))
          .hasMessageContaining("cannot go into table 'small' version 1");
      log.append(Samples.small(0));
    }
    assertThat(RowLog.read(file).rows()).hasSize(1);
  }

  @Test
  void a_closed_log_takes_no_row_and_closing_twice_is_harmless() {
    RowLog log = RowLog.open(file, Samples.SMALL);
    log.close();
    log.close();
    assertThatThrownBy(() -> log.append(Samples.small(0)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_missing_file_or_folder_is_one_sentence() {
    assertThatThrownBy(() -> RowLog.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot read the log %s: no such file or folder", file);
    assertThatThrownBy(() -> RowLog.open(folder.resolve("none/rows.arrows"), Samples.SMALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file or folder");
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> RowLog.open(file, Samples.SMALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
    assertThatThrownBy(() -> RowLog.read(file)).hasMessageContaining(message);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  private byte[] undisturbed() throws IOException {
    Files.deleteIfExists(file);
    return resumed();
  }

  /** Opens the log, appends the rows it lacks, closes it, and gives its bytes. */
  private byte[] resumed() throws IOException {
    try (RowLog log = RowLog.open(file, Samples.SMALL)) {
      assertThat(log.rows()).isEqualTo(Samples.small(0, log.rows().size()));
      Samples.small(log.rows().size(), ROWS).forEach(log::append);
    }
    return Files.readAllBytes(file);
  }

  /** Where each row starts in an undisturbed log. */
  private List<Long> starts() throws IOException {
    List<Long> starts = new ArrayList<>();
    Path other = folder.resolve("starts.arrows");
    Files.deleteIfExists(other);
    try (RowLog log = RowLog.open(other, Samples.SMALL)) {
      for (Row row : Samples.small(0, ROWS)) {
        starts.add(Files.size(other));
        log.append(row);
      }
    }
    return starts;
  }

  private static List<Row> stockReader(byte[] stream) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
      TableSchema schema =
          ArrowSchemas.fromArrow(reader.getVectorSchemaRoot().getSchema(), "stream");
      while (reader.loadNextBatch()) {
        assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(1);
        Batches.drain(reader.getVectorSchemaRoot(), schema, rows, "stream");
      }
    }
    return rows;
  }
}
