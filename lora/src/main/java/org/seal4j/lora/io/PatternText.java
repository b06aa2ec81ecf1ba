package org.seal4j.lora.io;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/** The text of a {@link PythonPattern} and how far it has been read. */
final class PatternText {
  /** {@code {2}}, {@code {2,}}, {@code {,3}}, {@code {2,3}}; other braces are characters. */
  private static final Pattern TIMES = Pattern.compile("\\{(\\d*)(,?)(\\d*)\\}");

  private final String text;
  private final String where;
  private int at;

  PatternText(String text, String where) {
    this.text = text;
    this.where = where;
  }

  boolean atEnd() {
    return at == text.length();
  }

  char peek() {
    return text.charAt(at);
  }

  char next() {
    if (atEnd()) {
      throw refuse("ends too early");
    }
    return text.charAt(at++);
  }

  /** One character back. */
  void back() {
    at--;
  }

  /** The code point that this character begins or is. */
  int whole(char c) {
    if (Character.isHighSurrogate(c) && !atEnd() && Character.isLowSurrogate(peek())) {
      return Character.toCodePoint(c, next());
    }
    return c;
  }

  /** Whether the text goes on like this, which is then read. */
  boolean take(String word) {
    boolean there = text.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  /** Whether the text goes on like this. */
  boolean looksLike(String expression) {
    return matcher(Pattern.compile(expression)).lookingAt();
  }

  /** What stands before this character, which is read too. */
  String until(char end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw refuse("lacks a " + end);
    }
    String before = text.substring(at, found);
    at = found + 1;
    return before;
  }

  /** A repeat as Perl writes it, where one stands here; else nothing, and nothing read. */
  String repeat() {
    for (String sign : List.of("*", "+", "?")) {
      if (take(sign)) {
        return sign;
      }
    }
    Matcher times = matcher(TIMES);
    if (!times.lookingAt() || times.group().equals("{}")) {
      return "";
    }
    at = times.end();
    String least = times.group(1).isEmpty() ? "0" : times.group(1);
    return times.group(2).isEmpty() ? "{" + least + "}" : "{" + least + "," + times.group(3) + "}";
  }

  /** The group that {@code \12} refers to, 0 where it is a character in octal or no number. */
  int groupNumber() {
    if (atEnd() || peek() < '1' || peek() > '9') {
      return 0;
    }
    if (looksLike("[1-7][0-7][0-7]")) {
      return 0;
    }
    int number = next() - '0';
    if (!atEnd() && Character.isDigit(peek())) {
      number = 10 * number + next() - '0';
    }
    return number;
  }

  /** The character that the digits behind a backslash write in octal. */
  int octal() {
    Matcher digits = matcher(Pattern.compile("[0-7]{1,3}"));
    if (!digits.lookingAt()) {
      throw refuse("has \\" + next() + ", which is no character");
    }
    at = digits.end();
    int value = Integer.parseInt(digits.group(), 8);
    if (value > 0377) {
      throw refuse("has \\" + digits.group() + ", which is no character");
    }
    return value;
  }

  /** The character that so many hexadecimal digits write. */
  int hexadecimal(int digits) {
    Matcher number = matcher(Pattern.compile("[0-9a-fA-F]{" + digits + "}"));
    if (!number.lookingAt()) {
      throw refuse("has an escape that lacks its " + digits + " hexadecimal digits");
    }
    at = number.end();
    long value = Long.parseLong(number.group(), 16);
    if (value > Character.MAX_CODE_POINT) {
      throw refuse("has \\U" + number.group() + ", which is no character");
    }
    return (int) value;
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length());
  }

  /** A refusal of the whole expression. */
  InputException refuse(String problem) {
    return Checks.refuse(
        "%s: '%s' is no regular expression of Python that is read here: it %s",
        where, Shown.text(text), problem);
  }
}
