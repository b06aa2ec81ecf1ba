package org.seal4j.data.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Text files that others wrote. They are UTF-8; a byte order mark at the start is passed over,
 * other encodings are refused by name, and so is the first byte that begins no character.
 */
public final class TextFile {
  /** Longest file that is read as one text, in bytes: far above the largest tokenizer or SQuAD. */
  public static final long MOST_BYTES = 1L << 28;

  /** Characters that are checked at a time. */
  private static final int CHUNK = 1 << 13;

  private TextFile() {}

  /**
   * The text of a file of at most {@link #MOST_BYTES}.
   *
   * @throws InputException when the file is missing, too long, no regular file, or not UTF-8
   */
  public static String read(Path file) {
    return read(file, MOST_BYTES);
  }

  /** As {@link #read(Path)}, with another limit in bytes. */
  public static String read(Path file, long mostBytes) {
    return decode(RegularFile.bytes(file, mostBytes), file.toString());
  }

  /**
   * The text that these bytes are.
   *
   * @param source names them in messages
   */
  public static String decode(byte[] bytes, String source) {
    String other = otherEncoding(bytes);
    Checks.require(
        other.isEmpty(), "%s is %s text, not UTF-8 text; save it as UTF-8", source, other);
    boolean marked = startsWith(bytes, 0xEF, 0xBB, 0xBF);
    int start = marked ? 3 : 0;
    int length = bytes.length - start;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
    CharBuffer out = CharBuffer.allocate(CHUNK);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    if (result.isError()) {
      int at = in.position();
      int line = 1;
      for (int i = 0; i < at; i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw Checks.refuse(
          "%s is not UTF-8 text: in line %d, byte %d (0x%02X) begins no character; save it as"
              + " UTF-8",
          source, line, at, bytes[at]);
    }
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** The name of an encoding that the first bytes show, empty where they may be UTF-8. */
  private static String otherEncoding(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
      return "UTF-32";
    }
    boolean marked = startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
    boolean halfEmpty = bytes.length >= 2 && (bytes[0] == 0) != (bytes[1] == 0);
    return marked || halfEmpty ? "UTF-16" : "";
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
