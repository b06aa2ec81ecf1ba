package org.seal4j.data.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.seal4j.data.check.Checks;

/**
 * Reads the beginning of a file from front to back and keeps it. It never takes more memory than
 * the file has bytes there, whatever lengths the file states.
 */
final class GgufCursor {
  /** Some six times what the largest vocabularies take. */
  private static final int MOST = 64 << 20;

  private static final int FIRST = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private byte[] bytes;
  private int filled;
  private int at;

  GgufCursor(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
    this.bytes = new byte[(int) Math.min(FIRST, size)];
  }

  /** Bytes of the file. */
  long size() {
    return size;
  }

  /** Place of the next byte. */
  int at() {
    return at;
  }

  /** All that was read so far. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, filled).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Steps over so many bytes and gives the place of the first. */
  int skip(long count, String what) throws IOException {
    Checks.require(
        count >= 0 && count <= size - at,
        "%s: %s would take %s bytes from byte %d on, but the file has %d; it is truncated or damaged",
        file,
        what,
        Long.toUnsignedString(count),
        at,
        size);
    Checks.require(
        at + count <= MOST,
        "%s: what stands before its tensors is longer than %d bytes; no model is known to need that",
        file,
        MOST);
    int from = at;
    at += (int) count;
    fill();
    return from;
  }

  private void fill() throws IOException {
    if (at <= filled) {
      return;
    }
    if (at > bytes.length) {
      long room = Math.max(at, Math.min(MOST, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, room));
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, filled, bytes.length - filled);
    while (rest.hasRemaining()) {
      int n = channel.read(rest, filled);
      Checks.require(n >= 0, "%s ends at byte %d; it is being cut short", file, filled);
      filled += n;
    }
  }

  int i32(String what) throws IOException {
    return content(skip(Integer.BYTES, what)).getInt();
  }

  long i64(String what) throws IOException {
    return content(skip(Long.BYTES, what)).getLong();
  }

  private ByteBuffer content(int from) {
    return content().position(from);
  }

  /** A number of things of at least so many bytes each, all of which must still fit the file. */
  int count(int leastBytes, String what) throws IOException {
    long count = i64(what);
    Checks.require(
        count >= 0 && count <= (size - at) / leastBytes && count <= MOST / leastBytes,
        "%s: %s is %s, more than a file of %d bytes can hold; it is truncated or damaged",
        file,
        what,
        Long.toUnsignedString(count),
        size);
    return (int) count;
  }

  /** A text of at most so many bytes. */
  String text(int most, String what) throws IOException {
    long length = i64(what);
    Checks.require(
        length >= 1 && length <= most,
        "%s: %s has %s bytes; expected 1 to %d",
        file,
        what,
        Long.toUnsignedString(length),
        most);
    return GgufText.at(content(), skip(length, what), (int) length, file + ": " + what);
  }

  /** Steps over a text of any length. */
  void skipText(String what) throws IOException {
    skip(i64(what), what);
  }
}
