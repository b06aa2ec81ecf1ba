package org.seal4j.rl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns results that come in any order into a stream in job order: each is released as soon as it
 * and all before it are there. For executors; not thread-safe.
 */
public final class InOrder<T> {
  private final List<@Nullable T> waiting;
  private final Consumer<T> consumer;
  private int released;
  private int finished;

  /** Waits for {@code size} results, with positions 0 to {@code size - 1}. */
  public InOrder(int size, Consumer<T> consumer) {
    this.waiting = new ArrayList<>(Collections.nCopies(size, null));
    this.consumer = consumer;
  }

  /** Hands over the result of a position, once. */
  public void put(int position, T result) {
    if (position < released || waiting.get(position) != null) {
      throw new IllegalStateException("position %d has two results".formatted(position));
    }
    waiting.set(position, result);
    finished++;
    while (released < waiting.size()) {
      T next = waiting.get(released);
      if (next == null) {
        return;
      }
      waiting.set(released, null);
      released++;
      consumer.accept(next);
    }
  }

  /** How many results have been handed over, those that wait for one before them included. */
  public int finished() {
    return finished;
  }

  /** How many results have been released. */
  public int released() {
    return released;
  }
}
