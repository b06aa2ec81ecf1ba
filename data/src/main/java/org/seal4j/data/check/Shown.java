package org.seal4j.data.check;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Texts of files, servers and models as a terminal and a log may show them. What would move the
 * cursor, change colours, hide text or turn its direction is written out as an escape, {@code
 * \\u001b} for ESC, so that a reader sees what stands there and nothing obeys it. Every {@link
 * InputException} shows its message so.
 */
public final class Shown {
  private static final int NAMES = 6;
  private static final int CHARACTERS = 120;
  private static final int SENTENCE = 2000;

  /** Written between letters of some scripts and parts of some emoji; they hide nothing. */
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Shown() {}

  /** The first few names, and how many there are. */
  public static String names(Collection<String> names) {
    String first =
        names.stream().limit(NAMES).map(Shown::text).collect(Collectors.joining(", ", "[", ""));
    return names.size() <= NAMES ? first + "]" : first + ", ... " + names.size() + " in all]";
  }

  /** The first characters of a value's text, on one line. */
  public static String text(Object value) {
    String whole = String.valueOf(value);
    // a file may have a name of megabytes; escapes only make a text longer
    String text = line(whole.substring(0, Math.min(whole.length(), CHARACTERS + 1)));
    return text.length() <= CHARACTERS ? text : cut(text, CHARACTERS) + "...";
  }

  /** A sentence on one line; what a file made longer than anyone would read is cut. */
  static String sentence(String text) {
    String line = line(text);
    return line.length() <= SENTENCE ? line : cut(line, SENTENCE) + "...";
  }

  /** A whole text on one line: line breaks and tabs are written out, too. */
  public static String line(String text) {
    return escaped(text, "");
  }

  /** A whole text with its line feeds and tabs. */
  public static String lines(String text) {
    return escaped(text, "\n\t");
  }

  /** The beginning of a text that is too long, without half of a surrogate pair at its end. */
  private static String cut(String text, int length) {
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  private static String escaped(String text, String allowed) {
    if (text.codePoints().noneMatch(c -> isHidden(c) && allowed.indexOf(c) < 0)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (!isHidden(c) || allowed.indexOf(c) >= 0) {
                shown.appendCodePoint(c);
              } else {
                shown.append(escape(c));
              }
            });
    return shown.toString();
  }

  /** Control characters, halves of surrogate pairs, line separators, and all that shows nothing. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.isBmpCodePoint(c)
              ? hex(c)
              : hex(Character.highSurrogate(c)) + hex(Character.lowSurrogate(c));
    };
  }

  private static String hex(int c) {
    return "\\u" + Integer.toHexString(0x10000 | c).substring(1);
  }
}
