package org.seal4j.data.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RegularFile;

/**
 * A whole table as it stands in a file, with the hash of the file's bytes. Files are Arrow IPC
 * files (random access, usual ending {@code .arrow}) with a {@link Proof} in the metadata of their
 * footer; the same rows always make the same bytes.
 *
 * @param schema the documented columns
 * @param rows in file order
 * @param sha256 hash of the file, as {@link ContentHash} writes it
 */
public record ArrowTable(TableSchema schema, List<Row> rows, String sha256) {
  static final String MAGIC = "ARROW1";
  private static final int ROWS_PER_BATCH = 1 << 16;

  public ArrowTable {
    rows = List.copyOf(rows);
  }

  /**
   * Writes the rows, replacing the file in one step ({@link AtomicFile}).
   *
   * @return the table with the hash of what was written
   */
  public static ArrowTable write(Path file, TableSchema schema, List<Row> rows) {
    rows.forEach(row -> Batches.requireSchema(schema, row));
    byte[] bytes = encode(schema, rows);
    AtomicFile.write(file, bytes);
    return new ArrowTable(schema, rows, ContentHash.ofBytes(bytes));
  }

  /**
   * Reads a table that must have this schema; only the wording of descriptions may differ.
   *
   * @throws InputException when the file is missing, cut, not an Arrow file, or of another schema
   */
  public static ArrowTable read(Path file, TableSchema expected) {
    return read(file, found -> ArrowSchemas.requireSame(found, expected, file));
  }

  /** As {@link #read(Path, TableSchema)}, and refuses a file without a {@link Proof}. */
  public static ArrowTable readProven(Path file, TableSchema expected) {
    Proof.requireFile(file);
    return read(file, expected);
  }

  /**
   * Reads a table of whatever schema the file declares.
   *
   * @throws InputException when the file is missing, cut, or not an Arrow file of Seal4J
   */
  public static ArrowTable read(Path file) {
    return read(file, found -> found);
  }

  /**
   * Reads a table of texts that another program may have written: its columns are found by their
   * names in any order, and texts may be stored in any of Arrow's ways.
   *
   * @param expected whose columns are all {@link ColumnType#STRING}, none of them nullable
   * @throws InputException when the file is missing, cut, not an Arrow file, or a column or cell is
   *     not what the schema says
   */
  public static ArrowTable readForeign(Path file, TableSchema expected) {
    return read(
        file,
        (reader, rows) -> {
          ForeignColumns columns =
              ForeignColumns.of(
                  file, expected, reader.getVectorSchemaRoot(), reader.getDictionaryVectors());
          while (reader.loadNextBatch()) {
            columns.drain(rows);
          }
          return expected;
        });
  }

  /** Reads the rows of an open file into a list and returns their schema. */
  private interface Body {
    TableSchema read(ArrowFileReader reader, List<Row> into) throws IOException;
  }

  private static ArrowTable read(Path file, UnaryOperator<TableSchema> check) {
    return read(
        file,
        (reader, rows) -> {
          VectorSchemaRoot columns = reader.getVectorSchemaRoot();
          TableSchema schema = check.apply(ArrowSchemas.fromArrow(columns.getSchema(), file));
          while (reader.loadNextBatch()) {
            Batches.drain(columns, schema, rows, file);
          }
          return schema;
        });
  }

  private static ArrowTable read(Path file, Body body) {
    byte[] bytes = RegularFile.bytes(file);
    ArrowFileCheck.requireReadable(bytes, file);
    Proof.check(bytes, file);
    try (ReadingMemory memory = ArrowMemory.forReading(bytes.length)) {
      return decode(bytes, memory, file, body);
    }
  }

  private static ArrowTable decode(byte[] bytes, ReadingMemory memory, Path file, Body body) {
    try (ArrowFileReader reader =
        new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), memory)) {
      List<Row> rows = new ArrayList<>();
      TableSchema schema = body.read(reader, rows);
      return new ArrowTable(schema, rows, ContentHash.ofBytes(bytes));
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ArrowFileCheck.unreadable(file, e);
    }
  }

  private static byte[] encode(TableSchema schema, List<Row> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> notes = Map.of(ArrowSchemas.PROOF, Proof.BLANK);
    try (BufferAllocator memory = ArrowMemory.open();
        VectorSchemaRoot columns = Batches.columns(schema, memory);
        ArrowFileWriter writer =
            new ArrowFileWriter(columns, null, Channels.newChannel(out), notes)) {
      for (int from = 0; from < rows.size(); from += ROWS_PER_BATCH) {
        int to = Math.min(from + ROWS_PER_BATCH, rows.size());
        Batches.fill(columns, schema, rows.subList(from, to));
        writer.writeBatch();
      }
      writer.end();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return Proof.fill(out.toByteArray());
  }
}
