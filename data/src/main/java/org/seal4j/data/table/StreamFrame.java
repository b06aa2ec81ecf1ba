package org.seal4j.data.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * One message of an Arrow IPC stream, seen from outside: four bytes FF, the length of the metadata
 * (int32, little-endian; 0 ends the stream), the metadata, the body.
 *
 * @param kind what stands here
 * @param start where it starts in the file
 * @param end where the next one starts; for {@link Kind#TORN} the end of the file
 */
record StreamFrame(Kind kind, long start, long end) {
  private static final int PREFIX = RowMessage.PREFIX;
  private static final int CONTINUATION = -1;

  /** Far above what a row's metadata needs; a larger number means damage. */
  private static final int MAX_METADATA = 1 << 24;

  enum Kind {
    SCHEMA,
    ROW,
    END_OF_STREAM,
    /** Nothing more: the file ends here. */
    END_OF_FILE,
    /** A message whose writer was killed: cut, or not yet given its prefix. */
    TORN
  }

  /** Looks at the message that starts at this position. */
  static StreamFrame at(FileChannel channel, long start, Object file) throws IOException {
    long size = channel.size();
    if (start == size) {
      return new StreamFrame(Kind.END_OF_FILE, start, start);
    }
    StreamFrame torn = new StreamFrame(Kind.TORN, start, size);
    if (start + PREFIX > size) {
      return torn;
    }
    ByteBuffer prefix = read(channel, start, PREFIX);
    int marker = prefix.getInt();
    int length = prefix.getInt();
    if (marker == 0 && length == 0) { // never given its prefix
      return torn;
    }
    Checks.require(
        marker == CONTINUATION && length >= 0 && length <= MAX_METADATA,
        "%s is not a log of rows, or is damaged: no Arrow stream message starts at byte %d",
        file,
        start);
    if (length == 0) {
      return new StreamFrame(Kind.END_OF_STREAM, start, start + PREFIX);
    }
    Checks.require(
        start + PREFIX < size || Integer.bitCount(length) > 1,
        "%s is damaged: its end-of-stream marker at byte %d has a changed bit",
        file,
        start);
    long bodyStart = start + PREFIX + length;
    return bodyStart > size ? cut(channel, torn, file) : message(channel, torn, bodyStart, file);
  }

  /** A message that ends after the file: cut off, unless the length that it names fits. */
  private static StreamFrame cut(FileChannel channel, StreamFrame torn, Object file)
      throws IOException {
    long metadata = torn.start + PREFIX;
    ByteBuffer rest = read(channel, metadata, (int) Math.min(torn.end - metadata, MAX_METADATA));
    long named = RowMessage.namedLength(rest).orElse(Long.MAX_VALUE);
    Checks.require(
        named > torn.end - torn.start,
        "%s is damaged: the message at byte %d says that it goes on after the end of the file, and"
            + " that it is %d bytes long, which end before",
        file,
        torn.start,
        named);
    return torn;
  }

  private static StreamFrame message(
      FileChannel channel, StreamFrame torn, long bodyStart, Object file) throws IOException {
    long metadata = torn.start + PREFIX;
    try {
      Message message =
          Message.getRootAsMessage(read(channel, metadata, (int) (bodyStart - metadata)));
      Kind kind = kind(message);
      long end = Math.addExact(bodyStart, message.bodyLength());
      if (message.bodyLength() < 0) {
        throw new IndexOutOfBoundsException("body of " + message.bodyLength() + " bytes");
      }
      return end > torn.end ? cut(channel, torn, file) : new StreamFrame(kind, torn.start, end);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) { // whatever flatbuffers makes of bytes that are none of its own
      throw new InputException(
          "%s is damaged: the message at byte %d makes no sense (%s)"
              .formatted(file, torn.start, e.getMessage()),
          e);
    }
  }

  private static Kind kind(Message message) {
    if (message.headerType() == MessageHeader.Schema) {
      return Kind.SCHEMA;
    }
    if (message.headerType() == MessageHeader.RecordBatch
        && message.header(new RecordBatch()) instanceof RecordBatch batch
        && batch.length() == 1) {
      return Kind.ROW;
    }
    throw new IndexOutOfBoundsException("neither a schema nor a batch of one row");
  }

  /** So many bytes of a file. */
  static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }
}
