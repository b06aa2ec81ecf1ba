package org.seal4j.data.text.chat;

import java.util.AbstractList;

/** Python's {@code range}: whole numbers with equal steps, of which none is stored. */
final class Range extends AbstractList<Object> {
  private final long start;
  private final long step;
  private final int size;

  Range(long start, long step, int size) {
    this.start = start;
    this.step = step;
    this.size = size;
  }

  @Override
  public Object get(int index) {
    return start + index * step;
  }

  @Override
  public int size() {
    return size;
  }

  /** So many of the numbers from a place on, each so many after the last. */
  Range part(long from, long every, int count) {
    return new Range(start + from * step, every * step, count);
  }
}
