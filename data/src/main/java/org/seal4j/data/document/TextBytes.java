package org.seal4j.data.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.TextFile;

/** The text that the bytes of a document are: UTF-8, or UTF-16 with a byte order mark. */
final class TextBytes {
  /** First bytes of files that are no text, and what they are. */
  private static final Map<String, String> KINDS = kinds();

  private TextBytes() {}

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("%PDF-", "a PDF");
    kinds.put("PK\3\4", "a ZIP archive or an Office document");
    kinds.put("\211PNG", "a PNG picture");
    kinds.put("\377\330\377", "a JPEG picture");
    kinds.put("GIF8", "a GIF picture");
    kinds.put("\37\213", "a gzip archive");
    kinds.put("\320\317\21\340", "an Office document");
    kinds.put("{\\rtf", "an RTF document");
    kinds.put("GGUF", "a GGUF model");
    kinds.put("\177ELF", "a program");
    return kinds;
  }

  /**
   * The text.
   *
   * @param source names the bytes in messages
   * @throws org.seal4j.data.check.InputException where they are in another encoding, or no text
   */
  static String decode(byte[] bytes, String source) {
    Checks.require(bytes.length > 0, "%s is empty", source);
    KINDS.forEach(
        (start, kind) ->
            Checks.require(
                !startsWith(bytes, start),
                "%s is %s by its first bytes, not a text; give it the ending of what it is",
                source,
                kind));
    boolean big = startsWith(bytes, "\376\377");
    boolean little = startsWith(bytes, "\377\376") && !startsWith(bytes, "\377\376\0\0");
    if (big || little) {
      return utf16(bytes, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, source);
    }
    for (int at = 0; at < bytes.length; at++) {
      Checks.require(
          bytes[at] != 0 || isWide(bytes),
          "%s is binary, not a text: byte %d of it is zero",
          source,
          at);
    }
    Checks.require(
        !isWide(bytes),
        isMarked32(bytes)
            ? "%s is UTF-32; save it as UTF-8"
            : "%s is UTF-16 or UTF-32 without its mark; save it as UTF-8",
        source);
    return TextFile.decode(bytes, source);
  }

  /** Whether every second byte at the start is zero, as in English of two or four bytes. */
  private static boolean isWide(byte[] bytes) {
    int shown = Math.min(bytes.length & ~1, 64);
    int even = 0;
    int odd = 0;
    for (int at = 0; at < shown; at += 2) {
      even += bytes[at] == 0 ? 1 : 0;
      odd += bytes[at + 1] == 0 ? 1 : 0;
    }
    int most = Math.max(even, odd);
    return isMarked32(bytes) || (most * 5 >= shown * 2 && Math.min(even, odd) * 5 < shown * 2);
  }

  private static boolean isMarked32(byte[] bytes) {
    return startsWith(bytes, "\377\376\0\0") || startsWith(bytes, "\0\0\376\377");
  }

  private static String utf16(byte[] bytes, Charset charset, String source) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes, 2, bytes.length - 2)).toString();
    } catch (CharacterCodingException e) {
      throw Checks.refuse(
          "%s begins as UTF-16 text but holds what is no character of it; save it as UTF-8",
          source);
    }
  }

  /** Whether the bytes begin with these, each written as the character of its number. */
  static boolean startsWith(byte[] bytes, String start) {
    for (int i = 0; i < start.length(); i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
