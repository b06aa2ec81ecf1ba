package org.seal4j.lora.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits, by who asked: those who ask take turns, each with what it asked first. One who asks a
 * thousand times delays another by one request a turn. Not thread-safe.
 */
final class FairQueue<T> {
  private final Map<Integer, Deque<T>> byCaller = new LinkedHashMap<>();
  private int size;

  /** Puts something behind all else of the same caller. */
  void add(int caller, T item) {
    byCaller.computeIfAbsent(caller, c -> new ArrayDeque<>()).add(item);
    size++;
  }

  /** What comes next; null where nothing waits. */
  @Nullable T peek() {
    for (Deque<T> items : byCaller.values()) {
      return items.peek();
    }
    return null;
  }

  /** Takes what comes next; its caller is the last to have a turn again. */
  T take() {
    Iterator<Map.Entry<Integer, Deque<T>>> first = byCaller.entrySet().iterator();
    Map.Entry<Integer, Deque<T>> turn = first.next();
    int caller = turn.getKey();
    Deque<T> items = turn.getValue();
    first.remove();
    T item = items.remove();
    if (!items.isEmpty()) {
      byCaller.put(caller, items);
    }
    size--;
    return item;
  }

  /** Takes something out before its turn. */
  boolean remove(int caller, T item) {
    Deque<T> items = byCaller.get(caller);
    if (items == null || !items.remove(item)) {
      return false;
    }
    if (items.isEmpty()) {
      byCaller.remove(caller);
    }
    size--;
    return true;
  }

  int size() {
    return size;
  }
}
