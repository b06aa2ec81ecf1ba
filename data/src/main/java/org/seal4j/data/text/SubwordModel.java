package org.seal4j.data.text;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns one piece of text into ids. Immutable; safe to use from several threads. */
interface SubwordModel {
  /** Appends the ids of this piece, which is not empty. */
  void encode(String piece, IntList ids);

  /**
   * Remembers the ids of short pieces, most of which come again and again. When the cache is full
   * nothing is added any more, so that its size is bounded.
   */
  final class Cached implements SubwordModel {
    private static final int PIECES = 1 << 16;
    private static final int LENGTH = 64;

    private final SubwordModel model;
    private final ConcurrentHashMap<String, int[]> cache = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    Cached(SubwordModel model) {
      this.model = model;
    }

    @Override
    public void encode(String piece, IntList ids) {
      if (piece.length() > LENGTH) {
        model.encode(piece, ids);
        return;
      }
      int[] known = cache.get(piece);
      if (known == null) {
        IntList fresh = new IntList();
        model.encode(piece, fresh);
        known = fresh.toArray();
        if (size.get() < PIECES && cache.putIfAbsent(piece, known) == null) {
          size.incrementAndGet();
        }
      }
      ids.addAll(known);
    }
  }
}
