package org.seal4j.eval.arc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts equal items and remembers the order in which they were first seen. */
final class Tally<T> {
  private final Map<T, Integer> counts = new LinkedHashMap<>();

  static <T> Tally<T> of(Iterable<T> items) {
    Tally<T> tally = new Tally<>();
    items.forEach(tally::add);
    return tally;
  }

  void add(T item) {
    counts.merge(item, 1, Integer::sum);
  }

  int count(T item) {
    return counts.getOrDefault(item, 0);
  }

  /** At most {@code limit} distinct items, by count, then first seen. */
  List<T> commonest(int limit) {
    return commonest(limit, Comparator.comparing(item -> 0));
  }

  /** At most {@code limit} distinct items: by count, then by {@code tie}, then first seen. */
  List<T> commonest(int limit, Comparator<T> tie) {
    List<T> items = new ArrayList<>(counts.keySet());
    items.sort(Comparator.comparing(this::count).reversed().thenComparing(tie)); // stable
    return items.stream().limit(limit).toList();
  }
}
