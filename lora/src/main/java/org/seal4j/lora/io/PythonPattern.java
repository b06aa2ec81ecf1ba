package org.seal4j.lora.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.UntrustedPattern;

/**
 * A regular expression of Python's {@code re} from a file of somebody else, written anew in the
 * dialect of {@link UntrustedPattern}, which matches it within limits. What Python does not know is
 * refused, also where other dialects do; so are conditions on groups, verbose expressions and names
 * of characters, which are not translated. Flags that tell lines and scripts apart make no
 * difference to names of modules and are left out.
 *
 * <p>Written from the documentation of Python 3.11; {@code PythonPatternTest} holds what Python
 * answers.
 */
final class PythonPattern {
  private static final int DEEPEST = 200;

  /** Flags of Python that are read; {@code L} and {@code x} are not. */
  private static final String FLAGS = "aimsu";

  private final PatternText text;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> names = new HashMap<>();

  /** Whether each group is closed, by its number less one. */
  private final List<Boolean> closed = new ArrayList<>();

  private int depth;

  private PythonPattern(String text, String where) {
    this.text = new PatternText(text, where);
  }

  /**
   * Reads an expression that is to match whole texts.
   *
   * @param where file and key, for messages
   */
  static UntrustedPattern of(String text, String where) {
    PythonPattern read = new PythonPattern(text, where);
    read.all();
    return new UntrustedPattern(read.out.toString(), UntrustedPattern.Dialect.PERL, where);
  }

  private void all() {
    boolean ignoreCase = false;
    while (text.looksLike("\\(\\?[aiLmsux]+\\)")) {
      text.take("(?");
      for (char flag = text.next(); flag != ')'; flag = text.next()) {
        ignoreCase |= known(flag) == 'i';
      }
    }
    out.append(ignoreCase ? "(?i:" : "(?:");
    choice();
    out.append(')');
    if (!text.atEnd()) {
      throw refuse("has a ) without its (");
    }
  }

  private void choice() {
    if (++depth > DEEPEST) {
      throw refuse("has groups more than " + DEEPEST + " deep");
    }
    sequence();
    while (text.take("|")) {
      out.append('|');
      sequence();
    }
    depth--;
  }

  private void sequence() {
    int last = -1;
    boolean repeated = false;
    while (!text.atEnd() && text.peek() != '|' && text.peek() != ')') {
      if (text.take("(?#")) {
        text.until(')');
        continue;
      }
      String repeat = text.repeat();
      if (repeat.isEmpty()) {
        int start = out.length();
        last = item() ? start : -1;
        repeated = false;
      } else if (last < 0 || repeated) {
        throw refuse(repeated ? "repeats a repeat" : "has nothing to repeat");
      } else {
        repeat(last, repeat);
        repeated = true;
      }
    }
  }

  /** A repeat of what was written last; a possessive one as an atomic group. */
  private void repeat(int start, String times) {
    boolean lazy = text.take("?");
    boolean possessive = !lazy && text.take("+");
    out.insert(start, possessive ? "(?>(?:" : "(?:").append(')').append(times);
    if (lazy && !times.matches("\\{\\d+\\}")) {
      out.append('?');
    }
    out.append(possessive ? ")" : "");
  }

  /** Writes one item, and says whether it can be repeated: places cannot. */
  private boolean item() {
    char c = text.next();
    switch (c) {
      case '.' -> out.append('.');
      case '^', '$' -> out.append(c);
      case '[' -> new PatternSet(text, out).write();
      case '(' -> group();
      case '\\' -> {
        return escape();
      }
      default -> PatternSet.literal(text.whole(c), out);
    }
    return c != '^' && c != '$';
  }

  private boolean escape() {
    int group = text.groupNumber();
    if (group > 0) {
      reference(group);
      return true;
    }
    char c = text.next();
    if ("AZbB".indexOf(c) >= 0) {
      out.append('\\').append(c == 'Z' ? 'z' : c);
      return false;
    }
    new PatternSet(text, out).escape(c);
    return true;
  }

  private void reference(int group) {
    if (group > closed.size() || !closed.get(group - 1)) {
      throw refuse("refers to group " + group + ", which is not there or not closed before");
    }
    out.append("(?:\\").append(group).append(')');
  }

  private void group() {
    if (!text.take("?")) {
      remembered();
    } else if (text.take("P<")) {
      String name = name('>');
      if (names.putIfAbsent(name, closed.size() + 1) != null) {
        throw refuse("has two groups named " + name);
      }
      remembered();
    } else if (text.take("P=")) {
      String name = name(')');
      reference(names.getOrDefault(name, Integer.MAX_VALUE));
    } else if (text.take("(")) {
      throw refuse("has a condition on a group, (?(, which is not supported");
    } else {
      for (String kind : List.of("=", "!", "<=", "<!", ">", ":")) {
        if (text.take(kind)) {
          inner("(?" + kind);
          return;
        }
      }
      inner(flags());
    }
  }

  private void remembered() {
    int index = closed.size();
    closed.add(false);
    inner("(");
    closed.set(index, true);
  }

  private void inner(String opening) {
    out.append(opening);
    choice();
    if (!text.take(")")) {
      throw refuse("has a ( without its )");
    }
    out.append(')');
  }

  /** Flags for a group, such as {@code (?i-s:}. */
  private String flags() {
    boolean on = true;
    String ignoreCase = "";
    for (char c = text.next(); c != ':'; c = text.next()) {
      if (c == ')') {
        throw refuse("has flags for the whole behind its start");
      }
      if (c == '-' && on) {
        on = false;
      } else if (known(c) == 'i') {
        ignoreCase = on ? "i" : "-i";
      }
    }
    return "(?" + ignoreCase + ":";
  }

  private String name(char end) {
    String name = text.until(end);
    if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
      throw refuse("has a group of the name '" + name + "', which is no name");
    }
    return name;
  }

  private char known(char flag) {
    if (FLAGS.indexOf(flag) < 0) {
      throw refuse("has (?" + flag + ", which is not supported");
    }
    return flag;
  }

  private InputException refuse(String problem) {
    return text.refuse(problem);
  }
}
