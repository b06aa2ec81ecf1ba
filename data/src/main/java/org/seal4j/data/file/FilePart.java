package org.seal4j.data.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.seal4j.data.check.Checks;

/**
 * Reads parts of large files at positions. They are not mapped: a mapped file that is cut short by
 * somebody else ends the whole process (SIGBUS), while here it is a refusal.
 */
public final class FilePart {
  private FilePart() {}

  /**
   * Fills a buffer with the bytes from {@code from} on.
   *
   * @param what is read, for the message
   * @return one past the last byte
   */
  public static long read(FileChannel channel, long from, ByteBuffer into, String what)
      throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int n = channel.read(into, at);
      Checks.require(n >= 0, "%s ends at byte %d of the file; it is truncated", what, at);
      at += n;
    }
    return at;
  }
}
