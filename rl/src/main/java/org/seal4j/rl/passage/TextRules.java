package org.seal4j.rl.passage;

import java.util.List;
import java.util.regex.Pattern;

/** White space and lines as the rules of docs/seal.md §2.3 take them. */
final class TextRules {
  /** Any line end of Unicode. */
  static final Pattern LINE_END = Pattern.compile("\\R");

  private TextRules() {}

  /** Without white space at either end; unlike {@link String#strip} also the non-breaking kinds. */
  static String strip(String text) {
    String inner = text.strip();
    int from = 0;
    int to = inner.length();
    while (from < to && isWhiteSpace(inner.charAt(from))) {
      from++;
    }
    while (to > from && isWhiteSpace(inner.charAt(to - 1))) {
      to--;
    }
    return inner.substring(from, to).strip();
  }

  /** Unicode's White_Space; all of it lies in the first plane. */
  private static boolean isWhiteSpace(char c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
  }

  /** The stripped lines that are not blank. */
  static List<String> lines(String text) {
    return LINE_END.splitAsStream(text).map(TextRules::strip).filter(l -> !l.isEmpty()).toList();
  }
}
