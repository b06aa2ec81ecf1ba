package org.seal4j.data.document;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;

/**
 * The words of a text, as the length of passages is measured. A word is what stands between blanks,
 * with its punctuation. Of scripts that write no blanks (Chinese, Japanese, Thai, Lao, Khmer,
 * Burmese) every character is one, since a tokenizer makes about one token of it; of a longer run
 * without blanks, every thirty characters.
 */
final class WordCount {
  private static final int LONGEST = 30;

  private WordCount() {}

  /** Number of words of a text. */
  static int of(String text) {
    return ends(text).length;
  }

  /** Where each word ends: one past its last character. */
  static int[] ends(String text) {
    int[] ends = new int[Math.max(8, text.length() / 5)];
    int words = 0;
    int length = 0; // of the word that is being read; 0 between words
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      boolean blank = isBlank(c);
      boolean alone = !blank && isUnspaced(c);
      if (blank) {
        length = 0;
      } else if (length == 0 || (!isMark(c) && (alone || length >= LONGEST))) {
        ends = words == ends.length ? Arrays.copyOf(ends, 2 * words) : ends;
        words++;
        length = 0;
      }
      at += Character.charCount(c);
      if (!blank) {
        ends[words - 1] = at;
        length += alone ? LONGEST : 1;
      }
    }
    return Arrays.copyOf(ends, words);
  }

  /** The longest run of characters without a blank, in scripts that write blanks. */
  static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      run = isBlank(c) || isUnspaced(c) ? 0 : run + 1;
      longest = Math.max(longest, run);
      at += Character.charCount(c);
    }
    return longest;
  }

  /** White space of any kind, those that break no line included. */
  static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Whether this belongs to the character before it. */
  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isUnspaced(int c) {
    if (c < 0x0E00) {
      return false; // scripts with blanks
    }
    UnicodeScript script = UnicodeScript.of(c);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.THAI
        || script == UnicodeScript.LAO
        || script == UnicodeScript.KHMER
        || script == UnicodeScript.MYANMAR;
  }
}
