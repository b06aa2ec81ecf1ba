package org.seal4j.data.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.Schema;
import org.seal4j.data.check.Checks;

/**
 * Which run a log is of, and where in it the log stands: a text in the header of the stream, so
 * that the proof of every row covers it. A log of another run is whole, but must not be gone on
 * with.
 */
final class LogOrigin {
  /** Of a log that belongs to no run. */
  static final String NONE = "";

  private static final String KEY = "seal4j.origin";

  private LogOrigin() {}

  /** The schema with this origin in its metadata. */
  static org.apache.arrow.vector.types.pojo.Schema into(
      org.apache.arrow.vector.types.pojo.Schema schema, String origin) {
    if (origin.equals(NONE)) {
      return schema;
    }
    Map<String, String> metadata = new LinkedHashMap<>(schema.getCustomMetadata());
    metadata.put(KEY, origin);
    return new org.apache.arrow.vector.types.pojo.Schema(schema.getFields(), metadata);
  }

  /** The origin that the header of a log names; {@link #NONE} where it names none. */
  static String of(FileChannel channel, StreamFrame header) throws IOException {
    int length = Math.toIntExact(header.end() - header.start() - RowMessage.PREFIX);
    Message message =
        Message.getRootAsMessage(
            StreamFrame.read(channel, header.start() + RowMessage.PREFIX, length));
    if (message.header(new Schema()) instanceof Schema schema) {
      for (int i = 0; i < schema.customMetadataLength(); i++) {
        KeyValue entry = schema.customMetadata(i);
        if (KEY.equals(entry.key())) {
          return String.valueOf(entry.value());
        }
      }
    }
    return NONE;
  }

  /** Refuses a log of another run. */
  static void require(Path file, String found, String expected) {
    Checks.require(
        found.equals(expected),
        "%s is not the log of this run: it is of '%s' but '%s' is expected; delete it and resume"
            + " the run, which computes its rows again",
        file,
        found,
        expected);
  }
}
