package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.InputException;

/** The words of one tag, read one after the other. */
final class Lexer {
  private static final Set<String> DOUBLE = Set.of("==", "!=", "<=", ">=", "//");
  private static final String MARKS = "+-*%/~<>=()[]{}.,:|";
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final TemplatePlace place;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** What kind of word it is. */
  enum Kind {
    NAME,
    TEXT,
    NUMBER,
    MARK,
    END
  }

  /** A word. */
  record Token(Kind kind, String text, int position) {}

  /** Reads the part of a template between these positions. */
  Lexer(TemplatePlace place, int from, int to) {
    this.place = place;
    int i = from;
    while (i < to) {
      char c = place.template().charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (c == '"' || c == '\'') {
        i = text(i, to);
      } else if (c >= '0' && c <= '9') {
        i = number(i, to);
      } else if (Character.isLetter(c) || c == '_') {
        i = run(Kind.NAME, i, to);
      } else {
        i = mark(i, to);
      }
    }
    tokens.add(new Token(Kind.END, "the end of the tag", to));
  }

  private int run(Kind kind, int from, int to) {
    int end = from;
    while (end < to && isPart(place.template().charAt(end))) {
      end++;
    }
    tokens.add(new Token(kind, place.template().substring(from, end), from));
    return end;
  }

  private int number(int from, int to) {
    Matcher number = NUMBER.matcher(place.template()).region(from, to);
    if (!number.lookingAt()) {
      throw place.refuse(from, "a number is expected");
    }
    tokens.add(new Token(Kind.NUMBER, number.group(), from));
    return number.end();
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private int mark(int from, int to) {
    String template = place.template();
    String two = template.substring(from, Math.min(to, from + 2));
    String one = template.substring(from, from + 1);
    String found = DOUBLE.contains(two) ? two : one;
    if (!DOUBLE.contains(two) && !MARKS.contains(one)) {
      throw place.refuse(from, "the character '" + one + "' is not supported");
    }
    tokens.add(new Token(Kind.MARK, found, from));
    return from + found.length();
  }

  private int text(int from, int to) {
    String template = place.template();
    StringBuilder text = new StringBuilder();
    int i = from + 1;
    while (i < to && template.charAt(i) != template.charAt(from)) {
      if (template.charAt(i) != '\\' || i + 1 >= to) {
        text.append(template.charAt(i++));
        continue;
      }
      StringEscape escape = StringEscape.read(place, i, to);
      text.append(escape.text());
      i = escape.end();
    }
    if (i >= to) {
      throw place.refuse(from, "the text that starts here does not end");
    }
    tokens.add(new Token(Kind.TEXT, text.toString(), from));
    return i + 1;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** Takes the next word if it is this name or mark. */
  boolean take(String text) {
    boolean found = sees(text);
    if (found) {
      at++;
    }
    return found;
  }

  /** Whether the next word is this name or mark. */
  boolean sees(String text) {
    return peek().text().equals(text) && (peek().kind() == Kind.MARK || peek().kind() == Kind.NAME);
  }

  /** Whether a name and an equals sign come next. */
  boolean seesNamed() {
    return peek().kind() == Kind.NAME
        && tokens.get(at + 1).text().equals("=")
        && tokens.get(at + 1).kind() == Kind.MARK;
  }

  void expect(String text) {
    if (!take(text)) {
      throw refuse("'" + text + "'");
    }
  }

  String name() {
    if (peek().kind() != Kind.NAME) {
      throw refuse("a name");
    }
    return next().text();
  }

  void end() {
    if (peek().kind() != Kind.END) {
      throw refuse("the end of the tag");
    }
  }

  /** A refusal of the next word. */
  InputException refuse(String expected) {
    Token found = peek();
    return place.refuse(
        found.position(),
        String.format(Locale.ROOT, "'%s' stands where %s is expected", found.text(), expected));
  }

  /** A refusal of what a word asks for. */
  InputException unsupported(Token token, String what, Iterable<String> known) {
    return place.refuse(
        token.position(),
        what + " '" + token.text() + "' is not supported; there are " + String.join(", ", known));
  }
}
