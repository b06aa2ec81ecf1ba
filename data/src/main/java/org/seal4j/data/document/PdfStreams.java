package org.seal4j.data.document;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.seal4j.data.check.Checks;

/**
 * The compressed streams of a PDF, before anything takes them apart: one that would fill the memory
 * is refused. Pictures do not count, since nobody unpacks them here.
 */
final class PdfStreams {
  /** Text and fonts of the largest documents are far below. */
  private static final long MOST_BYTES = 1L << 27;

  private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);

  /** How far before its stream a dictionary is looked at. */
  private static final int DICTIONARY = 4096;

  private PdfStreams() {}

  static void requireBounded(byte[] pdf, Path file) {
    for (int at = next(pdf, 0); at >= 0; at = next(pdf, at)) {
      int start = at;
      while (start < pdf.length && (pdf[start] == '\r' || pdf[start] == '\n')) {
        start++;
      }
      if (start + 1 < pdf.length && isDeflated(pdf, start) && !isPicture(pdf, at)) {
        Checks.require(
            isBounded(pdf, start),
            "%s: the stream at byte %d unpacks to more than %d bytes; no text or font is that large",
            file,
            start,
            MOST_BYTES);
      }
    }
  }

  /** One past the next word {@code stream} that does not end {@code endstream}; -1 without one. */
  private static int next(byte[] pdf, int from) {
    for (int at = from; at + STREAM.length <= pdf.length; at++) {
      if (pdf[at] == 's' && matches(pdf, at) && (at == 0 || pdf[at - 1] != 'd')) {
        return at + STREAM.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] pdf, int at) {
    for (int i = 0; i < STREAM.length; i++) {
      if (pdf[at + i] != STREAM[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the two bytes of a zlib header stand there (RFC 1950). */
  private static boolean isDeflated(byte[] pdf, int at) {
    int header = (pdf[at] & 0xFF) << 8 | (pdf[at + 1] & 0xFF);
    return (pdf[at] & 0x0F) == 8 && header % 31 == 0;
  }

  private static boolean isPicture(byte[] pdf, int end) {
    int from = Math.max(0, end - DICTIONARY);
    String before = new String(pdf, from, end - from, StandardCharsets.ISO_8859_1);
    return before.substring(Math.max(0, before.lastIndexOf(" obj"))).contains("/Image");
  }

  private static boolean isBounded(byte[] pdf, int start) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(pdf, start, pdf.length - start);
      byte[] buffer = new byte[1 << 16];
      int n = 1;
      while (n > 0 && inflater.getBytesWritten() <= MOST_BYTES) {
        n = inflater.inflate(buffer);
      }
      return inflater.getBytesWritten() <= MOST_BYTES;
    } catch (DataFormatException e) {
      return inflater.getBytesWritten() <= MOST_BYTES; // what is broken ends there
    } finally {
      inflater.end();
    }
  }
}
