package org.seal4j.lora.io;

/** Writes what stands for one character in a {@link PythonPattern}: escapes, sets in brackets. */
final class PatternSet {
  private static final String CLASSES = "dDsSwW";

  private final PatternText text;
  private final StringBuilder out;

  PatternSet(PatternText text, StringBuilder out) {
    this.text = text;
    this.out = out;
  }

  /** A character that stands for itself, whatever it means elsewhere. */
  static void literal(int character, StringBuilder out) {
    boolean plain = character < 128 && (Character.isLetterOrDigit(character) || character == '_');
    if (plain) {
      out.append((char) character);
    } else {
      out.append("\\x{%x}".formatted(character));
    }
  }

  /** What stands behind a backslash: a class of characters, or a character. */
  void escape(char escaped) {
    if (CLASSES.indexOf(escaped) >= 0) {
      out.append('\\').append(escaped);
    } else {
      literal(character(escaped), out);
    }
  }

  /** A set, whose opening bracket has been read. */
  void write() {
    out.append(text.take("^") ? "[^" : "[");
    boolean first = true;
    while (first || !text.take("]")) {
      member();
      first = false;
    }
    out.append(']');
  }

  private void member() {
    char c = text.next();
    char escaped = c == '\\' ? text.next() : c;
    boolean set = c == '\\' && CLASSES.indexOf(escaped) >= 0;
    int from = set ? 0 : value(c, escaped);
    if (!text.looksLike("-[^\\]]")) {
      if (set) {
        out.append('\\').append(escaped);
      } else {
        literal(from, out);
      }
      return;
    }
    text.take("-");
    char last = text.next();
    char lastEscaped = last == '\\' ? text.next() : last;
    if (set || (last == '\\' && CLASSES.indexOf(lastEscaped) >= 0)) {
      throw text.refuse("has a range from or to a class of characters");
    }
    int to = value(last, lastEscaped);
    if (to < from) {
      throw text.refuse("has a range that ends before it begins");
    }
    literal(from, out);
    out.append('-');
    literal(to, out);
  }

  private int value(char c, char escaped) {
    if (c != '\\') {
      return text.whole(c);
    }
    return escaped == 'b' ? '\b' : character(escaped);
  }

  private int character(char escaped) {
    return switch (escaped) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case 'x' -> text.hexadecimal(2);
      case 'u' -> text.hexadecimal(4);
      case 'U' -> text.hexadecimal(8);
      default -> {
        if (escaped >= '0' && escaped <= '9') {
          text.back();
          yield text.octal();
        }
        if ((escaped | 32) >= 'a' && (escaped | 32) <= 'z') {
          throw text.refuse("has \\" + escaped + ", which is not supported");
        }
        yield text.whole(escaped);
      }
    };
  }
}
