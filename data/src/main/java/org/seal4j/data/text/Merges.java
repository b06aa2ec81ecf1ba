package org.seal4j.data.text;

import java.util.Arrays;
import org.seal4j.data.check.Checks;

/**
 * The merges of a byte-pair encoding (Sennrich, Haddow, Birch 2016): of all neighbours that have a
 * merge, the one of the lowest rank is joined first, the leftmost among equals, until none is left.
 *
 * <p>Short words are scanned for the lowest rank again and again, which needs no memory to speak
 * of; long ones keep their pairs in a heap, so that whole books cost {@code n log n}.
 */
final class Merges {
  private static final int SCANNED = 64;
  private static final long NONE = LongLongMap.MISSING;

  private final LongLongMap table;

  Merges(int expected) {
    table = new LongLongMap(expected);
  }

  /** Adds a merge; of a pair that is added again the last rank counts, as in other libraries. */
  void add(int left, int right, int rank, int result) {
    table.put(pair(left, right), (long) rank << 32 | result);
  }

  /** Joins the symbols in place and gives their new number. */
  int apply(int[] symbols, int count) {
    return count <= SCANNED ? scan(symbols, count) : queue(symbols, count);
  }

  private int scan(int[] symbols, int count) {
    int n = count;
    long[] merges = new long[Math.max(0, n - 1)];
    for (int i = 0; i + 1 < n; i++) {
      merges[i] = lookup(symbols[i], symbols[i + 1]);
    }
    while (n > 1) {
      int best = -1;
      long bestRank = Long.MAX_VALUE;
      for (int i = 0; i < n - 1; i++) {
        if (merges[i] != NONE && merges[i] >>> 32 < bestRank) {
          best = i;
          bestRank = merges[i] >>> 32;
        }
      }
      if (best < 0) {
        break;
      }
      symbols[best] = (int) merges[best];
      System.arraycopy(symbols, best + 2, symbols, best + 1, n - best - 2);
      if (best + 2 < n) {
        System.arraycopy(merges, best + 1, merges, best, n - best - 2);
      }
      n--;
      if (best > 0) {
        merges[best - 1] = lookup(symbols[best - 1], symbols[best]);
      }
      if (best < n - 1) {
        merges[best] = lookup(symbols[best], symbols[best + 1]);
      }
    }
    return n;
  }

  private int queue(int[] symbols, int count) {
    int[] next = new int[count];
    int[] previous = new int[count];
    long[] merges = new long[count];
    Heap heap = new Heap(count);
    for (int i = 0; i < count; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      merges[i] = i + 1 < count ? lookup(symbols[i], symbols[i + 1]) : NONE;
      offer(heap, merges[i], i);
    }
    while (!heap.isEmpty()) {
      long entry = heap.removeFirst();
      int at = (int) entry;
      if (merges[at] == NONE || merges[at] >>> 32 != entry >>> 32) {
        continue; // one of the two symbols has changed since
      }
      int gone = next[at];
      symbols[at] = (int) merges[at];
      merges[gone] = NONE;
      next[at] = next[gone];
      if (next[at] < count) {
        previous[next[at]] = at;
      }
      merges[at] = next[at] < count ? lookup(symbols[at], symbols[next[at]]) : NONE;
      offer(heap, merges[at], at);
      int before = previous[at];
      if (before >= 0) {
        merges[before] = lookup(symbols[before], symbols[at]);
        offer(heap, merges[before], before);
      }
    }
    int n = 0;
    for (int i = 0; i < count; i = next[i]) {
      symbols[n++] = symbols[i];
    }
    return n;
  }

  private static void offer(Heap heap, long merge, int at) {
    if (merge != NONE) {
      heap.add(merge >>> 32 << 32 | at);
    }
  }

  private long lookup(int left, int right) {
    return table.get(pair(left, right));
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  /** Gathers the merges of a file; each must be made of tokens and make a token. */
  static final class Reader {
    private final Vocabulary vocabulary;
    private final String prefix;
    private final Merges merges;
    private int rank;

    /** Tokens that continue a word start with the prefix; a merge keeps it on the left alone. */
    Reader(Vocabulary vocabulary, String prefix, int expected) {
      this.vocabulary = vocabulary;
      this.prefix = prefix;
      merges = new Merges(expected);
    }

    /** Adds a merge written with a blank between its sides. */
    void add(String merge, String place) {
      String[] sides = merge.split(" ", -1);
      Checks.require(
          sides.length == 2 && !sides[0].isEmpty() && !sides[1].isEmpty(),
          "%s is '%s'; expected two tokens and one blank between them",
          place,
          merge);
      add(sides[0], sides[1], place);
    }

    void add(String left, String right, String place) {
      String joined = left + (right.startsWith(prefix) ? right.substring(prefix.length()) : right);
      merges.add(id(left, place), id(right, place), rank++, id(joined, place));
    }

    private int id(String token, String place) {
      int id = vocabulary.idOr(token);
      Checks.require(id >= 0, "%s names '%s', which the vocabulary lacks", place, token);
      return id;
    }

    Merges merges() {
      return merges;
    }
  }

  /** A priority queue of longs; the smallest comes first. */
  private static final class Heap {
    private long[] heap;
    private int size;

    Heap(int expected) {
      heap = new long[Math.max(16, expected)];
    }

    boolean isEmpty() {
      return size == 0;
    }

    void add(long value) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      int at = size++;
      while (at > 0 && heap[(at - 1) >>> 1] > value) {
        heap[at] = heap[(at - 1) >>> 1];
        at = (at - 1) >>> 1;
      }
      heap[at] = value;
    }

    long removeFirst() {
      long first = heap[0];
      long last = heap[--size];
      int at = 0;
      int child = 1;
      while (child < size) {
        if (child + 1 < size && heap[child + 1] < heap[child]) {
          child++;
        }
        if (heap[child] >= last) {
          break;
        }
        heap[at] = heap[child];
        at = child;
        child = 2 * at + 1;
      }
      heap[at] = last;
      return first;
    }
  }
}
