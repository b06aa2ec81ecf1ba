package org.seal4j.data.text.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a part of a template knows: its own, and those around it. */
final class Scope {
  private final Map<String, Object> names = new HashMap<>();
  private final @Nullable Scope outer;

  Scope() {
    this(null);
  }

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** What is set inside is forgotten outside. */
  Scope inner() {
    return new Scope(this);
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  Object get(String name) {
    Object value = names.get(name);
    if (value != null) {
      return value;
    }
    return outer == null ? Values.UNDEFINED : outer.get(name);
  }
}
