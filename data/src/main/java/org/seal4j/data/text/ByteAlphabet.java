package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The 256 printable characters that byte-level vocabularies write for bytes: printable Latin-1
 * stands for itself, the other 68 bytes are U+0100 and following (Radford et al. 2019, the encoder
 * of GPT-2).
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];
  private static final int[] BYTES = new int[256 + 68];

  static {
    Arrays.fill(BYTES, -1);
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 0x20 && b < 127) || (b > 0xa0 && b != 0xad);
      CHARACTERS[b] = printable ? (char) b : next++;
      BYTES[CHARACTERS[b]] = b;
    }
  }

  private ByteAlphabet() {}

  /** The character for this byte. */
  static char character(int b) {
    return CHARACTERS[b];
  }

  /** The UTF-8 bytes of a text, one character each. */
  static String write(String text) {
    int length = text.length();
    char[] written = new char[length];
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        return writeBytes(text);
      }
      written[i] = CHARACTERS[c];
    }
    return new String(written);
  }

  private static String writeBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    char[] written = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      written[i] = CHARACTERS[bytes[i] & 0xff];
    }
    return new String(written);
  }

  /** The bytes that a token stands for; a token with other characters is its own UTF-8 text. */
  static byte[] read(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = token.charAt(i);
      int b = c < BYTES.length ? BYTES[c] : -1;
      if (b < 0) {
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) b;
    }
    return bytes;
  }
}
