package org.seal4j.data.document;

/** Texts of files without what nobody sees: control characters, odd blanks, soft hyphens. */
final class CleanText {
  private static final int SOFT_HYPHEN = 0x00AD;
  private static final int ZERO_WIDTH_SPACE = 0x200B;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private CleanText() {}

  /**
   * The text with line feeds as the only line breaks, and blanks and tabs as the only other white
   * space. Control characters become blanks; soft hyphens, zero-width spaces and byte order marks
   * go.
   */
  static String lines(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int after = at + Character.charCount(c);
      if (c == '\r') {
        clean.append(after < text.length() && text.charAt(after) == '\n' ? "" : "\n");
      } else if (c == '\n' || c == '\t') {
        clean.append((char) c);
      } else if (c == 0x85 || c == 0x2028 || c == 0x2029 || c == '\f' || c == 0x0B) {
        clean.append('\n');
      } else if (WordCount.isBlank(c) || Character.getType(c) == Character.CONTROL) {
        clean.append(' ');
      } else if (c != SOFT_HYPHEN && c != ZERO_WIDTH_SPACE && c != BYTE_ORDER_MARK) {
        clean.appendCodePoint(c);
      }
      at = after;
    }
    return clean.toString();
  }

  /** The lines of a text that are not blank, each with single blanks between its words. */
  static String words(String text) {
    StringBuilder all = new StringBuilder(text.length());
    for (String line : lines(text).split("\n", -1)) {
      String words = oneLine(line);
      all.append(all.length() == 0 || words.isEmpty() ? "" : "\n").append(words);
    }
    return all.toString();
  }

  /** The words of a text with single blanks between them. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (String word : lines(text).split("[ \t\n]+", -1)) {
      line.append(line.length() == 0 || word.isEmpty() ? "" : " ").append(word);
    }
    return line.toString();
  }
}
