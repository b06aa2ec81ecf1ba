package org.seal4j.model.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Until when the memory of variables is used, while it is found out who shares it. */
final class Lifetimes {
  private final Placement placement;
  private final Map<String, Integer> ofVariables = new HashMap<>();
  private final Map<String, Integer> ofMemory = new HashMap<>();

  Lifetimes(Placement placement) {
    this.placement = placement;
  }

  /** Says that op {@code index} touches these variables; ops come in order. */
  void use(Stream<String> names, int index) {
    names.forEach(name -> ofVariables.put(name, index));
  }

  /** Says that it is known where these variables lie. */
  void join(Stream<String> names) {
    names.forEach(
        name -> ofMemory.merge(placement.root(name), ofVariables.getOrDefault(name, 0), Math::max));
  }

  /** Whether the memory of a variable is used by an op behind op {@code index}. */
  boolean isTouchedAfter(String name, int index) {
    return ofMemory.getOrDefault(placement.root(name), 0) > index;
  }
}
