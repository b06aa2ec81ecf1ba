package org.seal4j.data.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.seal4j.data.check.InputException;

/**
 * What a log of rows holds: every whole row before the end-of-stream marker or the torn tail.
 *
 * @param schema what the file declares, or what the check made of it
 * @param rows in file order
 * @param end where the next row belongs: after the last whole one
 * @param proof of the last message before it; empty for a log of before there were proofs
 * @param origin which run it is of ({@link LogOrigin})
 */
record StreamRows(
    TableSchema schema, List<Row> rows, long end, Optional<String> proof, String origin) {

  /**
   * Reads a log; the channel stays open and the file unchanged.
   *
   * @param check turns the declared schema into the expected one or refuses it
   */
  static StreamRows read(FileChannel channel, Object file, UnaryOperator<TableSchema> check)
      throws IOException {
    StreamWalk walk = StreamWalk.over(channel, file);
    try (ReadingMemory memory = ArrowMemory.forReading(channel.size())) {
      return decode(channel, memory, file, walk, check);
    }
  }

  private static StreamRows decode(
      FileChannel channel,
      ReadingMemory memory,
      Object file,
      StreamWalk walk,
      UnaryOperator<TableSchema> check)
      throws IOException {
    List<Row> rows = new ArrayList<>(walk.rows());
    channel.position(0);
    try {
      ArrowStreamReader reader =
          new ArrowStreamReader(
              new BufferedInputStream(Channels.newInputStream(channel), 1 << 16), memory);
      try {
        VectorSchemaRoot columns = reader.getVectorSchemaRoot();
        TableSchema schema = check.apply(ArrowSchemas.fromArrow(columns.getSchema(), file));
        while (rows.size() < walk.rows() && reader.loadNextBatch()) {
          Batches.drain(columns, schema, rows, file);
        }
        return new StreamRows(schema, rows, walk.end(), walk.proof(), walk.origin());
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
