package org.seal4j.data.text;

import java.text.Normalizer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The normalizers that {@code tokenizer.json} names: each rewrites a text. */
final class Normalizers {
  private Normalizers() {}

  /** One of the four forms of Unicode. */
  static UnaryOperator<String> form(Normalizer.Form form) {
    return text -> Normalizer.isNormalized(text, form) ? text : Normalizer.normalize(text, form);
  }

  /**
   * Small letters, character by character: unlike {@link String#toLowerCase} no letter depends on
   * its neighbours.
   */
  static String lowercase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (character == 'İ') {
                lower.append("i\u0307");
              } else {
                lower.appendCodePoint(Character.toLowerCase(character));
              }
            });
    return lower.toString();
  }

  /** Puts a text before every text that is not empty. */
  static UnaryOperator<String> prepend(String prefix) {
    return text -> text.isEmpty() ? text : prefix + text;
  }

  /** Puts this content in the place of every match. */
  static UnaryOperator<String> replace(Pattern pattern, String content) {
    if (pattern.flags() == Pattern.LITERAL) {
      return text -> text.replace(pattern.pattern(), content);
    }
    String quoted = Matcher.quoteReplacement(content);
    return text -> pattern.matcher(text).replaceAll(quoted);
  }

  /** Takes white space away at these ends. */
  static UnaryOperator<String> strip(boolean left, boolean right) {
    return text -> {
      int from = 0;
      int to = text.length();
      while (left && from < to && isWhite(text.charAt(from))) {
        from++;
      }
      while (right && to > from && isWhite(text.charAt(to - 1))) {
        to--;
      }
      return text.substring(from, to);
    };
  }

  /** The property White_Space of Unicode. */
  static boolean isWhite(int character) {
    return (character >= 9 && character <= 13)
        || character == 0x85
        || Character.isSpaceChar(character);
  }

  /** Takes combining marks away. */
  static String stripAccents(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    text.codePoints().filter(character -> !isMark(character)).forEach(bare::appendCodePoint);
    return bare.toString();
  }

  static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
