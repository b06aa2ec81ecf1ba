package org.seal4j.data.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/** Trees of what JSON can hold: ordered maps, lists, texts, longs, doubles, flags, null. */
public final class PlainValues {
  private PlainValues() {}

  /** A deep unmodifiable copy in which equal numbers are equal objects. */
  public static Map<String, @Nullable Object> copy(
      String place, Map<?, ? extends @Nullable Object> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ? extends @Nullable Object> entry : StableOrder.entries(map)) {
      if (!(entry.getKey() instanceof String key)) {
        throw Checks.refuse(
            "manifest: the keys of %s must be texts, but '%s' is not", place, entry.getKey());
      }
      copy.put(key, plain(place + "." + key, entry.getValue()));
    }
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object plain(String place, @Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = Double.parseDouble(value.toString()); // 0.1f is the decimal 0.1
      Checks.require(
          Double.isFinite(number),
          "manifest: %s is %s, which JSON cannot hold; leave it out or use null",
          place,
          value);
      return number;
    }
    if (value instanceof Map<?, ?> map) {
      return copy(place, map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object item : list) {
        copy.add(plain(place + "[" + copy.size() + "]", item));
      }
      return Collections.unmodifiableList(copy);
    }
    throw Checks.refuse(
        "manifest: %s is a %s, which has no plain JSON form; make it a text, number, flag, list or"
            + " map",
        place, value.getClass().getSimpleName());
  }

  /** One line per leaf that differs, in the order of the first tree, then of the second. */
  public static List<String> differences(
      Map<String, @Nullable Object> here, Map<String, @Nullable Object> there) {
    Map<String, String> mine = new LinkedHashMap<>();
    Map<String, String> theirs = new LinkedHashMap<>();
    flatten("", here, mine);
    flatten("", there, theirs);
    Set<String> places = new LinkedHashSet<>(mine.keySet());
    places.addAll(theirs.keySet());
    return places.stream()
        .filter(place -> !mine.getOrDefault(place, "").equals(theirs.getOrDefault(place, "")))
        .map(
            place ->
                "%s: %s here, %s there"
                    .formatted(
                        place,
                        mine.getOrDefault(place, "absent"),
                        theirs.getOrDefault(place, "absent")))
        .toList();
  }

  private static void flatten(String place, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, item) -> flatten(place.isEmpty() ? "" + key : place + "." + key, item, into));
    } else if (value instanceof String text) {
      into.put(place, "'" + text + "'");
    } else {
      into.put(place, String.valueOf(value));
    }
  }
}
