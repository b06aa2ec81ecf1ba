package org.seal4j.data.text.chat;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What expressions can be: text, {@code Long}, {@code Double}, {@code Boolean}, {@code List},
 * {@link Tuple}, {@code Map}, {@link Attributes}, {@link Callable}, {@link #NONE}, {@link
 * Undefined}. There are no other Java objects, so that a template reaches no class of the program.
 */
final class Values {
  /** Python's {@code None}. */
  static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "None";
        }
      };

  /**
   * What a name without value is; it is written as nothing and counts as false.
   *
   * @param name the name
   */
  record Undefined(String name) {}

  private Values() {}

  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String || value instanceof Collection || value instanceof Map) {
      return size(value) > 0;
    }
    return value != NONE && !(value instanceof Undefined);
  }

  /** The number of characters or elements. */
  static int size(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Collection<?> items) {
      return items.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    return elements(value).size();
  }

  /** What a loop over this value goes through: elements, keys or characters. */
  static List<Object> elements(Object value) {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.keySet());
    }
    if (value instanceof String text) {
      if (text.length() > Budget.MAX_ITEMS) {
        throw new TemplateFault("a text of %,d characters is too long for this", text.length());
      }
      return List.of(text.codePoints().mapToObj(Character::toString).toArray());
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    throw new TemplateFault("%s has no elements", kind(value));
  }

  /** The value of {@code container.name}. */
  static Object attribute(Object container, String name) {
    if (container instanceof Undefined missing) {
      throw new TemplateFault("'%s' is undefined, so that it has no '%s'", missing.name(), name);
    }
    Object found = Methods.of(container, name);
    if (found == null && container instanceof Map<?, ?> map) {
      found = map.get(name);
    } else if (found == null && container instanceof Attributes parts) {
      found = parts.attribute(name);
    }
    return found == null ? new Undefined(name) : found;
  }

  /** The value of {@code container[key]}. */
  static Object item(Object container, Object key) {
    Object found = container instanceof Map<?, ?> map ? map.get(key(key)) : null;
    if (found != null) {
      return found;
    }
    if (key instanceof String name) {
      return attribute(container, name);
    }
    boolean places = container instanceof List || container instanceof String;
    if (places && (key instanceof Long || key instanceof Boolean)) {
      return Places.at(container, requireInteger(key));
    }
    if (container instanceof Undefined missing) {
      throw new TemplateFault("'%s' is undefined, so that it has no elements", missing.name());
    }
    return new Undefined("[" + kind(key) + "]");
  }

  static boolean contains(Object container, Object value, Budget budget) {
    if (container instanceof String text) {
      return text.contains(requireText(value));
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(key(value));
    }
    return elements(container).stream().anyMatch(element -> equal(element, value, budget));
  }

  static boolean equal(Object left, Object right, Budget budget) {
    budget.read(left);
    if (isNumber(left) && isNumber(right)) {
      return compare(left, right, budget) == 0;
    }
    budget.enter();
    boolean equal =
        isSame(left, right) || (left instanceof Undefined && right instanceof Undefined);
    if (left instanceof List<?> list && right instanceof List<?> other) {
      Iterator<?> others = other.iterator();
      equal =
          sameKind(list, other)
              && list.size() == other.size()
              && list.stream().allMatch(element -> equal(element, others.next(), budget));
    } else if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) {
      equal =
          map.size() == other.size()
              && map.keySet().stream()
                  .allMatch(key -> equal(item(map, key), item(other, key), budget));
    }
    budget.leave();
    return equal;
  }

  /** Whether both are lists, tuples or ranges. */
  static boolean sameKind(List<?> left, List<?> right) {
    return left instanceof Tuple == right instanceof Tuple
        && left instanceof Range == right instanceof Range;
  }

  /** Whether it is the same object, or an equal text, number or truth of the same kind. */
  static boolean isSame(Object left, Object right) {
    boolean plain = left instanceof String || left instanceof Number || left instanceof Boolean;
    return left == right || (plain && left.equals(right));
  }

  /** A value by which a dictionary finds its members; lists and dictionaries are none. */
  static Object key(Object value) {
    if (value instanceof List || value instanceof Map) {
      throw new TemplateFault("%s cannot be a key of a dictionary", kind(value));
    }
    return value;
  }

  static int compare(Object left, Object right, Budget budget) {
    budget.read(left);
    if (left instanceof String text && right instanceof String other) {
      return text.compareTo(other);
    }
    if (!isNumber(left) || !isNumber(right)) {
      throw new TemplateFault("%s and %s have no order", kind(left), kind(right));
    }
    if (left instanceof Double || right instanceof Double) {
      return Double.compare(requireNumber(left).doubleValue(), requireNumber(right).doubleValue());
    }
    return Long.compare(requireInteger(left), requireInteger(right));
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static String requireText(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateFault("%s stands where text is needed", kind(value));
  }

  /** A number; as in Python, true counts as 1. */
  static Number requireNumber(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    throw new TemplateFault("%s stands where a number is needed", kind(value));
  }

  static long requireInteger(Object value) {
    if (requireNumber(value) instanceof Long number) {
      return number;
    }
    throw new TemplateFault("%s stands where an integer is needed", value);
  }

  /** What a value is, for messages. */
  static String kind(Object value) {
    if (value instanceof Undefined missing) {
      return "'" + missing.name() + "', which is undefined,";
    }
    if (value instanceof String text) {
      return "the text '" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof Map
        ? "a dictionary"
        : value instanceof Callable || value instanceof Attributes ? "a function" : "" + value;
  }
}
