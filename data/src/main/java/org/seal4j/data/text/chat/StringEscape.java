package org.seal4j.data.text.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backslash and what belongs to it in a text of a template, read as Python reads it; before other
 * characters a backslash stands for itself.
 *
 * @param text what it stands for
 * @param end where the rest of the text begins
 */
record StringEscape(String text, int end) {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");
  private static final String LETTERS = "abfnrtv\\'\"\n";
  private static final String[] MEANT = {
    "\u0007", "\b", "\f", "\n", "\r", "\t", "\u000b", "\\", "'", "\"", ""
  };

  /** Reads the one at this backslash; its text ends before {@code to}. */
  static StringEscape read(TemplatePlace place, int at, int to) {
    char escaped = place.template().charAt(at + 1);
    int letter = LETTERS.indexOf(escaped);
    if (letter >= 0) {
      return new StringEscape(MEANT[letter], at + 2);
    }
    Matcher octal = OCTAL.matcher(place.template()).region(at + 1, to);
    if (octal.lookingAt()) {
      int code = Integer.parseInt(octal.group(), 8);
      return new StringEscape(Character.toString(code), octal.end());
    }
    return switch (escaped) {
      case 'x' -> hexadecimal(place, at, to, 2);
      case 'u' -> hexadecimal(place, at, to, 4);
      case 'U' -> hexadecimal(place, at, to, 8);
      case 'N' -> throw place.refuse(at, "a character by its name is not supported");
      default -> new StringEscape("\\" + escaped, at + 2);
    };
  }

  private static StringEscape hexadecimal(TemplatePlace place, int at, int to, int count) {
    int end = at + 2 + count;
    String digits = place.template().substring(at + 2, Math.min(to, end));
    if (!digits.matches("[0-9a-fA-F]{" + count + "}")) {
      throw place.refuse(at, "this escape needs %d hexadecimal digits".formatted(count));
    }
    long code = Long.parseLong(digits, 16);
    if (code > Character.MAX_CODE_POINT) {
      throw place.refuse(at, "there is no character U+" + digits);
    }
    return new StringEscape(Character.toString((int) code), end);
  }
}
