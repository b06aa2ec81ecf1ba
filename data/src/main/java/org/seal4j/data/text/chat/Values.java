package org.seal4j.data.text.chat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * What expressions can be: text, {@code Long}, {@code Boolean}, {@code List}, {@code Map} with text
 * as keys, {@link #NONE}, {@link #UNDEFINED}.
 */
final class Values {
  /** Python's {@code None}. */
  static final Object NONE = new Named("None");

  /** What a name without value is; it is written as nothing and counts as false. */
  static final Object UNDEFINED = new Named("");

  private Values() {}

  private record Named(String text) {}

  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Long number) {
      return number != 0;
    }
    return value != NONE && value != UNDEFINED && size(value) > 0;
  }

  /** The number of characters or elements. */
  static int size(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    throw refuse("%s has no length", value);
  }

  /** How a value is written into the text. */
  static String text(Object value) {
    if (value instanceof Named named) {
      return named.text();
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof String || value instanceof Long) {
      return value.toString();
    }
    throw refuse("%s cannot be written into a text; add the filter tojson", value);
  }

  /** Takes what Python counts as white space away at these ends. */
  static String strip(String text, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && isWhite(text.charAt(from))) {
      from++;
    }
    while (right && to > from && isWhite(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isWhite(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  static String requireText(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw refuse("%s stands where text is needed", value);
  }

  static long requireNumber(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw refuse("%s stands where a number is needed", value);
  }

  /** The element at this place, the character, or the value of this key. */
  static Object item(Object container, Object key) {
    if (container instanceof Map<?, ?> map) {
      Object found = map.get(key);
      return found == null ? UNDEFINED : found;
    }
    if (container == UNDEFINED || container == NONE || !(key instanceof Long place)) {
      throw refuse("%s has no member %s", container, key);
    }
    int size = size(container);
    long at = place < 0 ? place + size : place;
    if (at < 0 || at >= size) {
      return UNDEFINED;
    }
    return slice(container, at, at + 1, true);
  }

  /** The part from one place to before another; negative ones count from the end. */
  static Object slice(Object container, long from, long to, boolean single) {
    int size = size(container);
    int start = place(from, size);
    int end = Math.max(start, place(to, size));
    if (container instanceof List<?> list) {
      return single ? list.get(start) : List.copyOf(list.subList(start, end));
    }
    String text = requireText(container);
    return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
  }

  private static int place(long place, int size) {
    long at = place < 0 ? place + size : place;
    return (int) Math.max(0, Math.min(size, at));
  }

  static boolean contains(Object container, Object value) {
    if (container instanceof List<?> list) {
      return list.contains(value);
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(value);
    }
    return requireText(container).contains(requireText(value));
  }

  static int compare(Object left, Object right) {
    return left instanceof String text
        ? text.compareTo(requireText(right))
        : Long.compare(requireNumber(left), requireNumber(right));
  }

  /** The sum of numbers, or texts and lists one after the other. */
  static Object plus(Object left, Object right) {
    if (left instanceof Long number) {
      return number + requireNumber(right);
    }
    if (left instanceof List<?> list && right instanceof List<?> more) {
      return Stream.concat(list.stream(), more.stream()).toList();
    }
    return requireText(left) + requireText(right);
  }

  private static InputException refuse(String format, Object... values) {
    Object[] shown = new Object[values.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = describe(values[i]);
    }
    return new InputException("chat template: " + String.format(Locale.ROOT, format, shown));
  }

  private static String describe(Object value) {
    if (value == UNDEFINED) {
      return "an undefined value";
    }
    String text = value == NONE ? "None" : value.toString();
    Checks.require(!text.isEmpty(), "chat template: an empty text stands at a wrong place");
    return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
  }
}
