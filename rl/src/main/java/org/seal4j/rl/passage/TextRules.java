package org.seal4j.rl.passage;

import java.util.List;
import java.util.regex.Pattern;

/** White space and lines as the rules of docs/seal.md §2.3 take them. */
final class TextRules {
  /** Any line end of Unicode. */
  static final Pattern LINE_END = Pattern.compile("\\R");

  /** White space at either end; unlike {@link String#strip} also the non-breaking kinds. */
  private static final Pattern ENDS =
      Pattern.compile("\\A[\\p{IsWhite_Space}]+|[\\p{IsWhite_Space}]+\\z");

  private TextRules() {}

  static String strip(String text) {
    return ENDS.matcher(text.strip()).replaceAll("").strip();
  }

  /** The stripped lines that are not blank. */
  static List<String> lines(String text) {
    return LINE_END.splitAsStream(text).map(TextRules::strip).filter(l -> !l.isEmpty()).toList();
  }
}
