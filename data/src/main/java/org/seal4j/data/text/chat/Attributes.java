package org.seal4j.data.text.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value with named parts that is no dictionary. */
interface Attributes {
  /** The part of this name, or null. */
  @Nullable Object attribute(String name);

  /** Jinja's {@code namespace}: names that a loop can set and that are still there after it. */
  record Namespace(Map<String, Object> names) implements Attributes {
    public Namespace {
      names = new HashMap<>(names);
    }

    void set(String name, Object value) {
      names.put(name, value);
    }

    @Override
    public @Nullable Object attribute(String name) {
      return names.get(name);
    }
  }

  /**
   * Jinja's {@code loop}.
   *
   * @param elements what the loop goes over
   * @param at the place of the current element, from 0
   */
  record Loop(List<?> elements, int at) implements Attributes {
    @Override
    public @Nullable Object attribute(String name) {
      int size = elements.size();
      return switch (name) {
        case "index0" -> (long) at;
        case "index" -> at + 1L;
        case "revindex0" -> size - at - 1L;
        case "revindex" -> (long) size - at;
        case "length" -> (long) size;
        case "depth" -> 1L; // deeper loops are recursive ones, which are refused
        case "depth0" -> 0L;
        case "first" -> at == 0;
        case "last" -> at == size - 1;
        case "previtem" -> at == 0 ? null : elements.get(at - 1);
        case "nextitem" -> at == size - 1 ? null : elements.get(at + 1);
        default -> null;
      };
    }
  }
}
