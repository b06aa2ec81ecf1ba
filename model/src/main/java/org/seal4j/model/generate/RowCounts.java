package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;

/** Into how many rows requests are put, so that few different shapes of plans are needed. */
final class RowCounts {
  private RowCounts() {}

  /** The smallest of 1, 2, 3, 4, 6, 8, 12, 16, 24 ... that is not below. */
  static int rounded(int rows) {
    int wanted = Math.max(1, rows);
    int power = Integer.highestOneBit(wanted);
    if (wanted == power) {
      return power;
    }
    return wanted <= power + power / 2 ? power + power / 2 : 2 * power;
  }

  /**
   * Cuts the items of each group into pieces of at most {@code limit}: element k holds the k-th
   * piece of every group, which may be empty for some.
   */
  static <T> List<List<List<T>>> pieces(List<List<T>> groups, int limit) {
    int longest = groups.stream().mapToInt(List::size).max().orElse(0);
    List<List<List<T>>> pieces = new ArrayList<>();
    for (int from = 0; from < longest; from += limit) {
      List<List<T>> piece = new ArrayList<>();
      for (List<T> group : groups) {
        int begin = Math.min(from, group.size());
        piece.add(group.subList(begin, Math.min(begin + limit, group.size())));
      }
      pieces.add(Collections.unmodifiableList(piece));
    }
    return pieces;
  }

  /** The items of each adapter, in their order. */
  static <T> List<List<T>> byAdapter(List<T> items, ToIntFunction<T> adapter, int adapters) {
    List<List<T>> groups = new ArrayList<>();
    for (int a = 0; a < adapters; a++) {
      int wanted = a;
      groups.add(items.stream().filter(item -> adapter.applyAsInt(item) == wanted).toList());
    }
    return groups;
  }
}
