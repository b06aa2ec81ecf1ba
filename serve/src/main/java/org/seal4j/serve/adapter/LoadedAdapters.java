package org.seal4j.serve.adapter;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adapters in memory by their hashes. Where they are more than wanted, those that were asked for
 * longest ago make room. Safe to use from several threads.
 */
final class LoadedAdapters {
  private final int most;

  /** What was asked for last stands last. */
  private final Map<String, Shelved> byHash = new LinkedHashMap<>(16, 0.75f, true);

  private long loads;

  LoadedAdapters(int most) {
    this.most = most;
  }

  synchronized @Nullable Shelved get(String hash) {
    return byHash.get(hash);
  }

  /**
   * Puts one behind the others.
   *
   * @param staying hashes of those that do not make room
   */
  synchronized void put(String hash, Shelved read, Set<String> staying) {
    if (byHash.put(hash, read) == null) {
      loads++;
    }
    Iterator<String> oldest = List.copyOf(byHash.keySet()).iterator();
    while (byHash.size() > most && oldest.hasNext()) {
      String at = oldest.next();
      if (!staying.contains(at) && !at.equals(hash)) {
        byHash.remove(at);
      }
    }
  }

  synchronized void remove(String hash) {
    byHash.remove(hash);
  }

  synchronized int count() {
    return byHash.size();
  }

  /** How many times one was read into memory. */
  synchronized long loads() {
    return loads;
  }
}
