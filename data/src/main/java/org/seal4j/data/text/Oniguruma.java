package org.seal4j.data.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.check.UntrustedPattern;

/**
 * Expressions of {@code tokenizer.json}, which are Oniguruma's (6.9), for Joni, which is a port of
 * an older one: what only the new one has is written another way, or refused by name.
 *
 * <p>Compared with the library {@code tokenizers} 0.23.3, see {@code
 * src/test/resources/golden/oniguruma}. Characters that Unicode has got since version 15 belong to
 * fewer classes here.
 */
final class Oniguruma {
  private static final Pattern HEX = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");
  private static final Pattern WORD =
      Pattern.compile("\\\\(?:p\\{(\\^?)|P\\{)Word\\}", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASCII =
      Pattern.compile("\\\\(?:p\\{(\\^?)|P\\{)ASCII\\}", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED = Pattern.compile("\\[:(\\^?)(punct|ascii):\\]");
  private static final Pattern END = Pattern.compile("\\\\[zZ]");
  private static final Pattern OPTIONS = Pattern.compile("\\(\\?([a-zA-Z]*)(-[a-zA-Z]*)?(.?)");
  private static final Pattern EXTENDED = Pattern.compile("\\(\\?[a-zA-Z]*x");

  private final String expression;
  private final String source;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Boolean> around = new ArrayDeque<>();
  private boolean ignoresCase;
  private int at;
  private int depth;

  private Oniguruma(String expression, String source) {
    this.expression = expression;
    this.source = source;
  }

  /**
   * Reads an expression.
   *
   * @param source the file and the field that it is from, for messages
   */
  static UntrustedPattern read(String expression, String source) {
    return new UntrustedPattern(
        new Oniguruma(expression, source).translated(), UntrustedPattern.Dialect.ONIGURUMA, source);
  }

  private String translated() {
    if (EXTENDED.matcher(expression).find() && expression.contains("#")) {
      throw unsupported("'#' in extended mode, (?x)");
    }
    while (at < expression.length()) {
      char c = expression.charAt(at);
      if (c == '\\') {
        escape();
      } else if (depth > 0) {
        inClass(c);
      } else if (expression.startsWith("(?~", at)) {
        throw unsupported("the absent operator (?~");
      } else if (expression.startsWith("(?y", at)) {
        throw unsupported("one of the options of (?y");
      } else if (expression.startsWith("(?#", at)) {
        comment();
      } else if (c == '(') {
        group();
      } else {
        ignoresCase = (c == ')' && !around.isEmpty()) ? around.pop() : ignoresCase;
        copy(1);
        open(c);
      }
    }
    // Joni looks for an end from within a character, if no choice is without it.
    return END.matcher(expression).find() ? out + "|(?!)" : out.toString();
  }

  private void copy(int length) {
    int end = Math.min(expression.length(), at + length);
    out.append(expression, at, end);
    at = end;
  }

  private void write(String text, int instead) {
    out.append(text);
    at += instead;
  }

  /** Begins a group, or sets options for the rest of the one around it. */
  private void group() {
    Matcher options = from(OPTIONS);
    boolean set = options.lookingAt() && ":)".contains(options.group(3));
    String on = set ? options.group(1) : "";
    String off = set && options.group(2) != null ? options.group(2) : "";
    if (!(on + off).matches("[imx]*-?[imx]*")) {
      throw unsupported("one of the options of " + options.group());
    }
    boolean here = (ignoresCase || on.contains("i")) && !off.contains("i");
    if (set && options.group(3).equals(")")) {
      ignoresCase = here;
    } else {
      around.push(ignoresCase);
      ignoresCase = here;
    }
    copy(set ? options.group().length() : 1);
  }

  /** Begins a class; a bracket that closes is a character of it if it comes first. */
  private void open(char c) {
    if (c == '[') {
      depth++;
      if (at < expression.length() && expression.charAt(at) == '^') {
        copy(1);
      }
      if (at < expression.length() && expression.charAt(at) == ']') {
        copy(1);
      }
    }
  }

  private void inClass(char c) {
    Matcher named = from(NAMED);
    if (named.lookingAt()) {
      boolean plain = named.group(1).isEmpty();
      String punctuation = plain ? "\\p{P}\\p{S}" : "[^\\p{P}\\p{S}]";
      write(named.group(2).equals("ascii") ? ascii(plain) : punctuation, named.end() - at);
    } else if (expression.startsWith("[:", at) && expression.indexOf(":]", at) > 0) {
      copy(expression.indexOf(":]", at) + 2 - at);
    } else {
      copy(1);
      depth -= c == ']' ? 1 : 0;
      open(c);
    }
  }

  /** These characters as a range, for Joni knows no other case of those in the class. */
  private static String ascii(boolean plain) {
    return plain ? "\\x{0}-\\x{7f}" : "\\x{80}-\\x{10ffff}";
  }

  private Matcher from(Pattern pattern) {
    return pattern.matcher(expression).region(at, expression.length());
  }

  private void escape() {
    char c = at + 1 < expression.length() ? expression.charAt(at + 1) : 0;
    Matcher hex = from(HEX);
    Matcher word = from(WORD);
    Matcher ascii = from(ASCII);
    if (hex.lookingAt()) {
      write("\\x{" + hex.group(1) + "}", 6);
    } else if (word.lookingAt()) {
      boolean plain = c == 'p' && word.group(1).isEmpty();
      write((plain ? "[" : "[^") + "\\w\\x{b2}\\x{b3}\\x{b9}\\x{bc}-\\x{be}]", word.end() - at);
    } else if (depth > 0 && ascii.lookingAt()) {
      write(ascii(c == 'p' && ascii.group(1).isEmpty()), ascii.end() - at);
    } else if (depth == 0 && (c == 'N' || c == 'O')) {
      write(c == 'N' ? "(?-m:.)" : "(?m:.)", 2);
    } else if (depth == 0 && (c == 'y' || c == 'Y')) {
      throw unsupported("the boundary of text segments, \\" + c);
    } else {
      boolean bare = depth == 0 && ignoresCase && (c == 'p' || c == 'P');
      int end = bare ? expression.indexOf('}', at) : -1;
      out.append(end < 0 ? "" : "(?-i:"); // Joni would take the other case of each character along
      copy(end < 0 ? 2 : end + 1 - at);
      out.append(end < 0 ? "" : ")");
    }
  }

  private void comment() {
    int end = expression.indexOf(')', at);
    copy((end < 0 ? expression.length() : end + 1) - at);
  }

  private InputException unsupported(String what) {
    return Checks.refuse(
        "%s: %s in the expression %s is not supported; write it another way",
        source, what, Shown.text(expression));
  }
}
