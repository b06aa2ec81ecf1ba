package org.seal4j.scripts.recipe;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The single values a recipe can hold, to and from text: whole and decimal numbers, {@code true}
 * and {@code false}, text, paths, and enum constants in lower case.
 */
final class Scalars {
  /** Possessive, so that a long row of digits that is no number is refused in one pass. */
  private static final String DECIMAL = "[-+]?(\\d[\\d_]*+\\.?+\\d*+|\\.\\d++)([eE][-+]?\\d++)?";

  /** How one type is read, and what a person calls it. */
  private record Reader(String words, Function<String, Object> parse) {}

  private static final Map<Class<?>, Reader> READERS = new LinkedHashMap<>();

  static {
    Reader ints = new Reader("a whole number (int)", t -> Integer.valueOf(digits(t)));
    Reader longs = new Reader("a whole number (long)", t -> Long.valueOf(digits(t)));
    Reader doubles = new Reader("a number", t -> finite(Double.valueOf(decimal(t))));
    Reader floats = new Reader("a number", t -> finite(Float.valueOf(decimal(t))));
    Reader booleans = new Reader("true or false", Scalars::trueOrFalse);
    READERS.put(int.class, ints);
    READERS.put(Integer.class, ints);
    READERS.put(long.class, longs);
    READERS.put(Long.class, longs);
    READERS.put(double.class, doubles);
    READERS.put(Double.class, doubles);
    READERS.put(float.class, floats);
    READERS.put(Float.class, floats);
    READERS.put(boolean.class, booleans);
    READERS.put(Boolean.class, booleans);
    READERS.put(String.class, new Reader("text", t -> t));
    READERS.put(Path.class, new Reader("a path", Path::of));
  }

  private Scalars() {}

  /** Whether values of this type are written as one scalar. */
  static boolean isScalar(Class<?> type) {
    return READERS.containsKey(type) || type.isEnum();
  }

  /** What a value of this type looks like, for messages. */
  static String words(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Scalars::text)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return reader(type).words;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException where the text is not of this type
   */
  static Object parse(Class<?> type, String text) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> text(constant).equals(text))
          .findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }
    try {
      return reader(type).parse.apply(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The text which {@link #parse} reads back to the same value. */
  static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    String text = value.toString();
    boolean decimal = value instanceof Double || value instanceof Float;
    return decimal ? text.replace(".0E", "E").replace('E', 'e') : text;
  }

  private static Reader reader(Class<?> type) {
    Reader reader = READERS.get(type);
    if (reader == null) {
      throw new IllegalStateException(
          "a recipe cannot hold a " + type.getName() + "; use a record, an enum or a plain value");
    }
    return reader;
  }

  private static String digits(String text) {
    return text.matches("[-+]?\\d[\\d_]*") ? text.replace("_", "") : "not digits";
  }

  private static String decimal(String text) {
    return text.matches(DECIMAL) ? text.replace("_", "") : "not a number";
  }

  private static <N extends Number> N finite(N number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("too large");
    }
    return number;
  }

  private static Object trueOrFalse(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException();
    }
    return Boolean.valueOf(text);
  }
}
