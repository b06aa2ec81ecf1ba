package org.seal4j.serve.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What waits, by whom it is for; each has its turn, whatever the others ask. Not thread-safe. */
final class FairQueue<T> {
  private final Map<Integer, ArrayDeque<T>> waiting = new LinkedHashMap<>();
  private int size;

  void add(int key, T task) {
    waiting.computeIfAbsent(key, any -> new ArrayDeque<>()).add(task);
    size++;
  }

  /** The first of the one who waits longest for a turn; null where nothing waits. */
  @Nullable T next() {
    Iterator<Map.Entry<Integer, ArrayDeque<T>>> keys = waiting.entrySet().iterator();
    if (!keys.hasNext()) {
      return null;
    }
    Map.Entry<Integer, ArrayDeque<T>> first = keys.next();
    int key = first.getKey();
    ArrayDeque<T> tasks = first.getValue();
    keys.remove();
    T task = tasks.remove();
    if (!tasks.isEmpty()) {
      waiting.put(key, tasks);
    }
    size--;
    return task;
  }

  int size() {
    return size;
  }

  /** All that waits, which is forgotten. */
  List<T> drain() {
    List<T> all = new ArrayList<>();
    waiting.values().forEach(all::addAll);
    waiting.clear();
    size = 0;
    return all;
  }
}
