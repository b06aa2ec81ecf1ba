package org.seal4j.lora.text;

/**
 * Follows a JSON object (RFC 8259) character by character and knows which may come next. The text
 * begins with its opening brace, and is over with the closing one.
 *
 * <p>Two things are tighter than JSON, so that a model that is lost comes to an end: at most
 * {@value #MOST_BLANKS} blanks follow one another between two parts, and at most {@value #DEEPEST}
 * objects and lists lie in one another.
 */
final class JsonText {
  static final int MOST_BLANKS = 40;
  static final int DEEPEST = 32;

  private static final int HEX_DIGITS = 4;

  /** What comes next. */
  private enum Place {
    START,
    FIRST_KEY,
    KEY,
    COLON,
    VALUE,
    FIRST_VALUE,
    AFTER_VALUE,
    STRING,
    ESCAPE,
    HEX,
    WORD,
    MINUS,
    ZERO,
    WHOLE,
    POINT,
    FRACTION,
    EXPONENT,
    EXPONENT_SIGN,
    EXPONENT_DIGITS,
    OVER
  }

  private final boolean[] lists = new boolean[DEEPEST];
  private int depth;
  private Place place = Place.START;
  private boolean key;
  private int hexLeft;
  private String word = "";
  private int blanks;

  /** Becomes the same as another one. */
  void copy(JsonText other) {
    System.arraycopy(other.lists, 0, lists, 0, other.depth);
    depth = other.depth;
    place = other.place;
    key = other.key;
    hexLeft = other.hexLeft;
    word = other.word;
    blanks = other.blanks;
  }

  /** Whether the object is closed. */
  boolean isOver() {
    return place == Place.OVER;
  }

  /** Whether it stands in a text, where any character but a few may come. */
  boolean isInString() {
    return place == Place.STRING;
  }

  /** Takes these characters; false where one of them may not come, the rest is not looked at. */
  boolean take(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      if (!take(characters.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Takes a character; false where it may not come. */
  boolean take(char c) {
    return switch (place) {
      case STRING -> inString(c);
      case ESCAPE -> escaped(c);
      case HEX -> hex(c);
      case WORD -> inWord(c);
      case MINUS, ZERO, WHOLE, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS ->
          inNumber(c);
      default -> isBlank(c) ? place != Place.START && blank() : part(c);
    };
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  private boolean blank() {
    return ++blanks <= MOST_BLANKS;
  }

  private boolean part(char c) {
    blanks = 0;
    return switch (place) {
      case START -> c == '{' && open(false);
      case FIRST_KEY -> c == '}' ? close() : c == '"' && string(true);
      case KEY -> c == '"' && string(true);
      case COLON -> c == ':' && go(Place.VALUE);
      case FIRST_VALUE -> c == ']' ? close() : value(c);
      case VALUE -> value(c);
      case AFTER_VALUE -> afterValue(c);
      default -> false; // nothing follows the last brace but blanks
    };
  }

  private boolean go(Place next) {
    place = next;
    return true;
  }

  private boolean open(boolean list) {
    if (depth == DEEPEST) {
      return false;
    }
    lists[depth++] = list;
    return go(list ? Place.FIRST_VALUE : Place.FIRST_KEY);
  }

  private boolean close() {
    return go(--depth == 0 ? Place.OVER : Place.AFTER_VALUE);
  }

  private boolean string(boolean isKey) {
    key = isKey;
    return go(Place.STRING);
  }

  private boolean value(char c) {
    return switch (c) {
      case '{' -> open(false);
      case '[' -> open(true);
      case '"' -> string(false);
      case 't' -> word("rue");
      case 'f' -> word("alse");
      case 'n' -> word("ull");
      case '-' -> go(Place.MINUS);
      case '0' -> go(Place.ZERO);
      default -> isDigit(c) && go(Place.WHOLE);
    };
  }

  private boolean word(String rest) {
    word = rest;
    return go(Place.WORD);
  }

  private boolean afterValue(char c) {
    boolean list = lists[depth - 1];
    if (c == ',') {
      return go(list ? Place.VALUE : Place.KEY);
    }
    return c == (list ? ']' : '}') && close();
  }

  private boolean inString(char c) {
    if (c == '"') {
      return go(key ? Place.COLON : Place.AFTER_VALUE);
    }
    return c == '\\' ? go(Place.ESCAPE) : c >= ' ';
  }

  private boolean escaped(char c) {
    if (c == 'u') {
      hexLeft = HEX_DIGITS;
      return go(Place.HEX);
    }
    return "\"\\/bfnrt".indexOf(c) >= 0 && go(Place.STRING);
  }

  private boolean hex(char c) {
    if (c > 'f' || Character.digit(c, 16) < 0) {
      return false;
    }
    return --hexLeft > 0 || go(Place.STRING);
  }

  private boolean inWord(char c) {
    if (c != word.charAt(0)) {
      return false;
    }
    word = word.substring(1);
    return !word.isEmpty() || go(Place.AFTER_VALUE);
  }

  private boolean inNumber(char c) {
    return switch (place) {
      case MINUS -> c == '0' ? go(Place.ZERO) : isDigit(c) && go(Place.WHOLE);
      case ZERO -> fractionOrEnd(c);
      case WHOLE -> isDigit(c) || fractionOrEnd(c);
      case POINT -> isDigit(c) && go(Place.FRACTION);
      case FRACTION -> isDigit(c) || exponentOrEnd(c);
      case EXPONENT ->
          (c == '+' || c == '-')
              ? go(Place.EXPONENT_SIGN)
              : isDigit(c) && go(Place.EXPONENT_DIGITS);
      case EXPONENT_SIGN -> isDigit(c) && go(Place.EXPONENT_DIGITS);
      default -> isDigit(c) || numberEnds(c);
    };
  }

  private boolean fractionOrEnd(char c) {
    return c == '.' ? go(Place.POINT) : exponentOrEnd(c);
  }

  private boolean exponentOrEnd(char c) {
    return (c == 'e' || c == 'E') ? go(Place.EXPONENT) : numberEnds(c);
  }

  /** A number ends with what stands behind it. */
  private boolean numberEnds(char c) {
    place = Place.AFTER_VALUE;
    blanks = 0;
    return take(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
