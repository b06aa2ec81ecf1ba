package org.seal4j.data.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RegularFile;

/**
 * A table that grows row by row and survives a kill: a row counts once it is on disk. The file is
 * an Arrow IPC stream (usual ending {@code .arrows}) with one record batch per row; a log that was
 * killed at any moment, opened again and given the missing rows is byte for byte the log of an
 * undisturbed run.
 *
 * <p>Each row carries a {@link Proof} of itself and of all before it, which ordinary Arrow readers
 * pass over: a changed bit anywhere, or a row that is missing between others, is noticed at the
 * next read.
 *
 * <p>A row is written in two synced steps: first everything but its eight leading bytes, which stay
 * zero, then those. So a row that was under way when the power failed never looks whole, and an
 * ordinary Arrow reader takes it for the end of the stream.
 *
 * <p>One writer per file, and not thread-safe: the order of rows is part of the bytes.
 */
public final class RowLog implements AutoCloseable {
  private static final byte[] END_OF_STREAM = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final Path file;
  private final FileChannel channel;
  private final RowEncoder encoder;
  private final List<Row> rows;
  private long end;
  private String proof;

  private RowLog(Path file, FileChannel channel, RowEncoder encoder, StreamRows content) {
    this.file = file;
    this.channel = channel;
    this.encoder = encoder;
    this.rows = new ArrayList<>(content.rows());
    this.end = content.end();
    this.proof = content.proof().orElseThrow();
  }

  /**
   * Opens a log for appending: a new file, or one left by an earlier run. Of that, every whole row
   * is kept; a torn tail or the end-of-stream marker is dropped.
   *
   * @throws InputException when the folder is missing, the file has another schema, is no log of
   *     rows, is damaged before its end, or is open for writing elsewhere; the file is then left as
   *     it is
   */
  public static RowLog open(Path file, TableSchema schema) {
    return open(file, schema, LogOrigin.NONE);
  }

  /** The same for the log of a run; no other goes on with it. Its origin is identity and place. */
  public static RowLog open(Path file, TableSchema schema, String origin) {
    RowEncoder encoder = new RowEncoder(schema);
    @Nullable FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              RegularFile.require(file),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      lock(channel, file);
      byte[] header = encoder.header(origin);
      String proof = RowMessage.prove(header, Proof.NOTHING);
      StreamRows content = recover(channel, file, schema, header, proof, origin);
      if (content.end() < channel.size()) {
        channel.truncate(content.end());
        channel.force(true);
      }
      return new RowLog(file, channel, encoder, content);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      closeQuietly(channel, e);
      throw e instanceof IOException io ? failed("open", file, io) : (RuntimeException) e;
    }
  }

  /**
   * Reads the whole rows of a log, finished or not, and leaves the file as it is.
   *
   * @return the schema that the file declares, its whole rows, and the hash of all its bytes
   */
  public static ArrowTable read(Path file) {
    return read(file, found -> found);
  }

  /** As {@link #read(Path)}, for a log that must have this schema (descriptions may differ). */
  public static ArrowTable read(Path file, TableSchema expected) {
    return read(file, found -> ArrowSchemas.requireSame(found, expected, file));
  }

  private static ArrowTable read(Path file, UnaryOperator<TableSchema> check) {
    try (FileChannel channel =
        FileChannel.open(RegularFile.require(file), StandardOpenOption.READ)) {
      StreamRows content = StreamRows.read(channel, file, check);
      return new ArrowTable(content.schema(), content.rows(), ContentHash.ofFile(file));
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /** All rows on disk, in order: those found when the log was opened, and those appended since. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /**
   * Writes a row and syncs it; when this returns, the row counts.
   *
   * @throws InputException when the row has another schema or the disk refuses it; after the latter
   *     the log is closed
   */
  public void append(Row row) {
    if (!channel.isOpen()) {
      throw new IllegalStateException("the log " + file + " is closed; open it again to append");
    }
    byte[] message = encoder.encode(row);
    String proven = RowMessage.prove(message, proof);
    byte[] body = Arrays.copyOfRange(message, RowMessage.PREFIX, message.length);
    try {
      write(channel, body, end + RowMessage.PREFIX);
      channel.force(true);
      write(channel, Arrays.copyOf(message, RowMessage.PREFIX), end);
      channel.force(true);
    } catch (IOException e) {
      encoder.close();
      closeQuietly(channel, e);
      throw failed("append to", file, e);
    }
    end += message.length;
    proof = proven;
    rows.add(row);
  }

  /**
   * Writes a row at its place, or finds there the row that a stopped run has written, which must be
   * the same.
   *
   * @param place number of the row from 0, at most one behind the last
   */
  public void put(int place, Row row) {
    if (place == rows.size()) {
      append(row);
      return;
    }
    Row logged = rows.get(place);
    Checks.require(
        logged.equals(row),
        "%s: the run cannot be resumed here, its results would differ: %s was logged, %s came out"
            + " now; begin a new run",
        file,
        logged,
        row);
  }

  /**
   * Ends the stream and closes the file; more rows need {@link #open} again.
   *
   * @throws InputException also where the file is not, or not as, this log has written it: somebody
   *     changed, removed or replaced it meanwhile
   */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try (channel;
        encoder) {
      write(channel, END_OF_STREAM, end);
      channel.force(true);
      requireAsWritten();
    } catch (IOException e) {
      throw failed("close", file, e);
    }
  }

  private void requireAsWritten() throws IOException {
    try (FileChannel now = FileChannel.open(file, StandardOpenOption.READ)) {
      StreamWalk walk = StreamWalk.over(now, file);
      Checks.require(
          walk.end() == end && walk.proof().equals(Optional.of(proof)),
          "%s was replaced by another file while it was written; find out by whom, delete it, and"
              + " resume the run",
          file);
    }
  }

  private static StreamRows recover(
      FileChannel channel,
      Path file,
      TableSchema schema,
      byte[] header,
      String proof,
      String origin)
      throws IOException {
    byte[] found =
        StreamFrame.read(channel, 0, (int) Math.min(channel.size(), header.length)).array();
    if (channel.size() <= header.length && isTornHeader(found, header)) {
      write(channel, header, 0);
      channel.force(true);
      AtomicFile.syncName(file);
      return new StreamRows(schema, List.of(), header.length, Optional.of(proof), origin);
    }
    StreamRows content =
        StreamRows.read(channel, file, has -> ArrowSchemas.requireSame(has, schema, file));
    LogOrigin.require(file, content.origin(), origin);
    Checks.require(
        Arrays.equals(found, header),
        "%s documents the columns of table '%s' in other words than this version of Seal4J, or has"
            + " no proofs; finish it with the version that began it, or begin a new run",
        file,
        schema.name());
    return content;
  }

  /** The first bytes of a header, and zeros where the others did not reach the disk. */
  private static boolean isTornHeader(byte[] found, byte[] header) {
    int length = found.length;
    while (length > 0 && found[length - 1] == 0) {
      length--;
    }
    return Arrays.equals(found, 0, length, header, 0, length);
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    Checks.require(locked, "%s is open for writing elsewhere; wait for that run or stop it", file);
  }

  private static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, Exception because) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private static InputException failed(String action, Path file, IOException e) {
    String reason = e instanceof NoSuchFileException ? "no such file or folder" : e.getMessage();
    return new InputException("cannot %s the log %s: %s".formatted(action, file, reason), e);
  }
}
