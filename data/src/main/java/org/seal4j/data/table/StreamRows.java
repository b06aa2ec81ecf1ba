package org.seal4j.data.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * What a log of rows holds: every whole row before the end-of-stream marker or the torn tail.
 *
 * @param schema what the file declares, or what the check made of it
 * @param rows in file order
 * @param end where the next row belongs: after the last whole one
 */
record StreamRows(TableSchema schema, List<Row> rows, long end) {

  /**
   * Reads a log; the channel stays open and the file unchanged.
   *
   * @param check turns the declared schema into the expected one or refuses it
   */
  static StreamRows read(FileChannel channel, Object file, UnaryOperator<TableSchema> check)
      throws IOException {
    StreamFrame header = StreamFrame.at(channel, 0, file);
    Checks.require(
        header.kind() == StreamFrame.Kind.SCHEMA,
        "%s is cut inside its header or is no log of rows; delete it if nothing is lost with it",
        file);
    int count = 0;
    StreamFrame frame = StreamFrame.at(channel, header.end(), file);
    while (frame.kind() == StreamFrame.Kind.ROW) {
      count++;
      frame = StreamFrame.at(channel, frame.end(), file);
    }
    Checks.require(
        frame.kind() != StreamFrame.Kind.SCHEMA,
        "%s is damaged: a second header stands at byte %d",
        file,
        frame.start());
    Checks.require(
        frame.kind() != StreamFrame.Kind.END_OF_STREAM || frame.end() == channel.size(),
        "%s is damaged: bytes follow the end-of-stream marker at byte %d",
        file,
        frame.start());
    return decode(channel, file, count, frame.start(), check);
  }

  private static StreamRows decode(
      FileChannel channel, Object file, int count, long end, UnaryOperator<TableSchema> check)
      throws IOException {
    List<Row> rows = new ArrayList<>(count);
    channel.position(0);
    try (BufferAllocator memory = ArrowMemory.forReading(channel.size())) {
      ArrowStreamReader reader =
          new ArrowStreamReader(
              new BufferedInputStream(Channels.newInputStream(channel), 1 << 16), memory);
      try {
        VectorSchemaRoot columns = reader.getVectorSchemaRoot();
        TableSchema schema = check.apply(ArrowSchemas.fromArrow(columns.getSchema(), file));
        while (rows.size() < count && reader.loadNextBatch()) {
          Batches.drain(columns, schema, rows, file);
        }
        return new StreamRows(schema, rows, end);
      } finally {
        reader.close(false);
      }
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InputException(
          "%s is damaged: Arrow cannot read row %d (%s)".formatted(file, rows.size() + 1, e), e);
    }
  }
}
