package org.seal4j.data.text;

import java.text.Normalizer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.seal4j.data.check.Checks;

/** The normalizers that {@code tokenizer.json} names: each rewrites a text. */
final class Normalizers {
  private static final int LONGEST = 1_000;

  /** Of all normal forms of Unicode the longest has 18 characters for one. */
  private static final int LONGER = 32;

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
    return text -> {
      requireRoom(text.length(), prefix.length());
      return text.isEmpty() ? text : prefix + text;
    };
  }

  /**
   * Puts this content in the place of everything that is found.
   *
   * @throws org.seal4j.data.check.InputException when the text grows beyond {@link #requireRoom}
   */
  static UnaryOperator<String> replace(Finder finder, String content) {
    return text -> {
      StringBuilder written = new StringBuilder();
      int[] done = {0};
      finder.find(
          text,
          (start, end) -> {
            written.append(text, done[0], start).append(content);
            requireRoom(text.length(), written.length());
            done[0] = end;
          });
      return done[0] == 0 && written.isEmpty()
          ? text
          : written.append(text, done[0], text.length()).toString();
    };
  }

  /**
   * One after the other.
   *
   * @throws org.seal4j.data.check.InputException when the text grows beyond {@link #requireRoom}
   */
  static UnaryOperator<String> chain(List<UnaryOperator<String>> steps) {
    if (steps.size() == 1) {
      return steps.get(0);
    }
    return text -> {
      String now = text;
      for (UnaryOperator<String> step : steps) {
        now = step.apply(now);
        requireRoom(text.length(), now.length());
      }
      return now;
    };
  }

  /** Refuses a text that rewriting has made much longer: no normal form comes near it. */
  static void requireRoom(int before, long after) {
    long longest = LONGEST + LONGER * (long) before;
    Checks.require(
        after <= longest,
        "the tokenizer rewrites a text of %,d characters as one of more than %,d; shorten what its"
            + " normalizer or decoder puts in",
        before,
        longest);
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
