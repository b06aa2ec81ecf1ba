package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The words of a training text and the counts of neighbouring symbols in them, kept up to date
 * while pairs are merged: a merge touches only the words that have the pair.
 */
final class WordPairs {
  /** A symbol that is in no pair. */
  static final int BARRIER = -1;

  /** No pair. */
  static final long NONE = LongLongMap.MISSING;

  private final List<int[]> words = new ArrayList<>();
  private final List<Long> weights = new ArrayList<>();
  private final LongLongMap indices = new LongLongMap(1 << 12);
  private final List<IntList> places = new ArrayList<>();
  private final List<Long> pairs = new ArrayList<>();
  private final Set<Integer> grown = new LinkedHashSet<>();
  private long[] counts = new long[1 << 12];

  /** Counts may be out of date; a candidate is looked at again when its turn comes. */
  private final PriorityQueue<Candidate> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Candidate one) -> -one.count)
              .thenComparingLong(one -> one.pair));

  /** A pair and a count that it had. */
  private record Candidate(long pair, long count) {}

  static int left(long pair) {
    return (int) (pair >>> 32);
  }

  static int right(long pair) {
    return (int) pair;
  }

  /** Adds a word that occurs so often, and counts its pairs. */
  void addWord(int[] symbols, long weight) {
    words.add(symbols);
    weights.add(weight);
    for (int i = 0; i + 1 < symbols.length; i++) {
      change(symbols[i], symbols[i + 1], words.size() - 1, weight);
    }
  }

  /** The pair that occurs most often, if it does so at least this often, else {@link #NONE}. */
  long mostFrequent(long least) {
    offerGrown();
    while (!queue.isEmpty()) {
      Candidate top = queue.remove();
      long now = counts[(int) indices.get(top.pair)];
      if (now == top.count) {
        return now >= least ? top.pair : NONE;
      }
      if (now > 0 && now < top.count) {
        queue.add(new Candidate(top.pair, now));
      }
    }
    return NONE;
  }

  /** Forgets this pair, which is never to be joined. */
  void drop(long pair) {
    counts[(int) indices.get(pair)] = Long.MIN_VALUE / 2;
  }

  /** Joins this pair everywhere into one symbol. */
  void merge(long pair, int joined) {
    int index = (int) indices.get(pair);
    IntList where = places.get(index);
    places.set(index, new IntList());
    int last = -1;
    for (int i = 0; i < where.size(); i++) {
      if (where.get(i) != last) { // a word may stand several times in a row
        last = where.get(i);
        words.set(last, merged(last, pair, joined));
      }
    }
    counts[index] = 0;
  }

  private int[] merged(int word, long pair, int joined) {
    int[] old = words.get(word);
    long weight = weights.get(word);
    int[] symbols = new int[old.length];
    int n = 0;
    int i = 0;
    while (i < old.length) {
      boolean found = i + 1 < old.length && old[i] == left(pair) && old[i + 1] == right(pair);
      if (!found) {
        symbols[n++] = old[i++];
        continue;
      }
      if (n > 0) {
        change(symbols[n - 1], old[i], word, -weight);
        change(symbols[n - 1], joined, word, weight);
      }
      if (i + 2 < old.length) {
        change(old[i + 1], old[i + 2], word, -weight);
        change(joined, old[i + 2], word, weight);
      }
      symbols[n++] = joined;
      i += 2;
    }
    return Arrays.copyOf(symbols, n);
  }

  private void change(int left, int right, int word, long weight) {
    if (left == BARRIER || right == BARRIER) {
      return;
    }
    long pair = (long) left << 32 | right;
    int index = (int) indices.get(pair);
    if (index < 0) {
      index = places.size();
      indices.put(pair, index);
      places.add(new IntList());
      pairs.add(pair);
      counts = index < counts.length ? counts : Arrays.copyOf(counts, 2 * counts.length);
    }
    counts[index] += weight;
    if (weight > 0) {
      places.get(index).add(word);
      grown.add(index);
    }
  }

  /** Puts the pairs that became more frequent into the queue. */
  private void offerGrown() {
    for (int index : grown) {
      if (counts[index] > 0) {
        queue.add(new Candidate(pairs.get(index), counts[index]));
      }
    }
    grown.clear();
  }
}
