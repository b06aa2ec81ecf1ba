package org.seal4j.data.text.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a part of a template knows: its own, and those around it. */
final class Scope {
  private final Map<String, Object> names = new HashMap<>();
  private final @Nullable Scope outer;
  private final Budget budget;

  /** A scope around which there is none. */
  Scope(Budget budget) {
    this(null, budget);
  }

  private Scope(@Nullable Scope outer, Budget budget) {
    this.outer = outer;
    this.budget = budget;
  }

  /** What is set inside is forgotten outside. */
  Scope inner() {
    return new Scope(this, budget);
  }

  Budget budget() {
    return budget;
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.names.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Values.Undefined(name);
  }
}
