package org.seal4j.data.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/** Whether bytes are a whole Arrow file that can be read here; what else they are is said. */
final class ArrowFileCheck {
  private static final String MAGIC = ArrowTable.MAGIC;

  /** How Arrow's reader says that a batch is compressed. */
  private static final Pattern COMPRESSED = Pattern.compile("CommonsCompressionFactory for (\\w+)");

  private ArrowFileCheck() {}

  /** Refuses other kinds of files by name, cut files, and tables of big-endian machines. */
  static void requireReadable(byte[] bytes, Path file) {
    int length = bytes.length;
    Checks.require(length > 0, "%s is empty; expected an Arrow file", file);
    Checks.require(
        !startsWith(bytes, new byte[] {-1, -1, -1, -1}),
        "%s is an Arrow stream, not an Arrow file; if it is a log of rows, read it as a RowLog",
        file);
    refuse(bytes, "PAR1", "a Parquet file", file);
    refuse(bytes, "FEA1", "a Feather file of version 1", file);
    refuse(bytes, "\u001f\u008b", "a gzip file", file);
    refuse(bytes, "PK\u0003\u0004", "a zip file", file);
    Checks.require(
        startsWith(bytes, ascii(MAGIC)),
        "%s is not an Arrow file: it does not start with %s",
        file,
        MAGIC);
    Checks.require(
        length >= 2 * MAGIC.length() + 8
            && Arrays.equals(
                Arrays.copyOfRange(bytes, length - MAGIC.length(), length), ascii(MAGIC)),
        "%s is cut short: an Arrow file ends with %s and this one, of %d bytes, does not; make it"
            + " again",
        file,
        MAGIC,
        length);
    Checks.require(
        !isBigEndian(bytes),
        "%s was written on a big-endian machine; only little-endian tables are read",
        file);
  }

  /** The refusal of a file that Arrow's reader gives up. */
  static InputException unreadable(Path file, Exception e) {
    Matcher compressed = COMPRESSED.matcher(String.valueOf(e.getMessage()));
    return compressed.find()
        ? new InputException(
            "%s is compressed with %s, which is not read here; write it without compression"
                .formatted(file, compressed.group(1)),
            e)
        : new InputException(
            "%s is damaged: Arrow cannot read it%s; make it again".formatted(file, reason(e)), e);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? "" : " (" + Shown.text(e.getMessage()) + ")";
  }

  private static void refuse(byte[] bytes, String magic, String kind, Path file) {
    Checks.require(
        !startsWith(bytes, magic.getBytes(StandardCharsets.ISO_8859_1)),
        "%s is %s, not an Arrow file; write it as an uncompressed Arrow file (Feather version 2)",
        file,
        kind);
  }

  /** What the footer says; a footer that makes no sense is left to the reader to refuse. */
  private static boolean isBigEndian(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - MAGIC.length() - Integer.BYTES;
    int start = end - all.getInt(end);
    if (start < MAGIC.length() || start >= end) {
      return false;
    }
    try {
      Footer footer = Footer.getRootAsFooter(all.slice(start, end - start));
      return footer.schema() != null && footer.schema().endianness() == Endianness.Big;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length && Arrays.equals(Arrays.copyOf(bytes, start.length), start);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
