package org.seal4j.data.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.seal4j.data.check.Checks;

/**
 * The table by which a SentencePiece model rewrites characters before all else, mostly NFKC: a trie
 * of UTF-8 prefixes in a double array (Aoe 1989, in the layout of Darts-clone) and the texts that
 * its leaves point at.
 */
final class CharacterMap {
  private static final int LABEL = 0x800000ff;

  private final int[] units;
  private final byte[] texts;

  /** Reads the table of a model; {@code source}, the file that it is from, is named in messages. */
  CharacterMap(ByteBuffer table, Object source) {
    ByteBuffer in = table.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int size = in.remaining() < 4 ? -1 : in.getInt();
    Checks.require(
        size >= 1024 && size % 4 == 0 && size < in.remaining(),
        "%s: the character table of %d bytes says that its trie has %d bytes",
        source,
        table.remaining(),
        size);
    units = new int[size / 4];
    in.asIntBuffer().get(units);
    in.position(in.position() + size);
    texts = new byte[in.remaining()];
    in.get(texts);
  }

  /**
   * Length of the longest prefix of these bytes that is rewritten, and where its new text starts:
   * {@code length << 32 | start}; 0 if none is.
   */
  long longest(byte[] utf8, int at) {
    long found = 0;
    int node = offset(units[0]);
    for (int i = at; i < utf8.length; i++) {
      int b = utf8[i] & 0xff;
      node ^= b;
      if (node < 0 || node >= units.length || (units[node] & LABEL) != b) {
        break;
      }
      int unit = units[node];
      node ^= offset(unit);
      if ((unit >>> 8 & 1) == 1) {
        found = (long) (i + 1 - at) << 32 | (units[node] & 0x7fffffff);
      }
    }
    return found;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  /** The text that starts here and ends at the next zero byte. */
  String text(int start) {
    int end = Math.min(start, texts.length);
    while (end < texts.length && texts[end] != 0) {
      end++;
    }
    return new String(
        texts, Math.min(start, end), Math.max(0, end - start), StandardCharsets.UTF_8);
  }
}
