package org.seal4j.data.text.chat;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Parts of lists, tuples, ranges and texts by their places. */
final class Places {
  private Places() {}

  /** The element at a place, which counts from the end where it is negative. */
  static Object at(Object container, long place) {
    long at = place < 0 ? place + Values.size(container) : place;
    if (at < 0 || at >= Values.size(container)) {
      return new Values.Undefined("[" + place + "]");
    }
    return container instanceof List<?> list ? list.get((int) at) : picked(container, at, 1, 1);
  }

  /**
   * The part from one place to before another, each so many after the last; negative places count
   * from the end, null is the end of that side.
   */
  static Object slice(Object container, @Nullable Long from, @Nullable Long to, long step) {
    if (step == 0) {
      throw new TemplateFault("a slice needs steps other than 0");
    }
    if (!(container instanceof List || container instanceof String)) {
      throw new TemplateFault("%s cannot be sliced", Values.kind(container));
    }
    int size = Values.size(container);
    long start = from == null ? (step > 0 ? 0 : size - 1) : place(from, size, step);
    long end = to == null ? (step > 0 ? size : -1) : place(to, size, step);
    long count = Math.max(0, Math.floorDiv(end - start - Long.signum(step), step) + 1);
    return picked(container, start, step, (int) count);
  }

  private static Object picked(Object container, long start, long step, int count) {
    LongStream places = LongStream.range(0, count).map(i -> start + i * step);
    if (container instanceof String text) {
      int[] all = text.codePoints().toArray();
      return new String(places.mapToInt(i -> all[(int) i]).toArray(), 0, count);
    }
    if (container instanceof Range range) {
      return range.part(start, step, count);
    }
    List<Object> all = Values.elements(container);
    List<Object> part = places.mapToObj(i -> all.get((int) i)).toList();
    return container instanceof Tuple ? new Tuple(part) : part;
  }

  private static long place(long place, int size, long step) {
    long at = place < 0 ? place + size : place;
    return step > 0 ? Math.max(0, Math.min(size, at)) : Math.max(-1, Math.min(size - 1, at));
  }
}
