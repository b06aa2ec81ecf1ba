package org.seal4j.serve.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for now, and which of them keep their adapters in memory. Safe to use from
 * several threads.
 */
final class NamedAdapters {
  private final Map<String, AdapterVersion> names = new TreeMap<>();

  /** Names whose adapters stay in memory. */
  private final Set<String> pins = new TreeSet<>();

  /** What a name stands for; null where for nothing. */
  synchronized @Nullable AdapterVersion get(String name) {
    return names.get(name);
  }

  /** From now on the name of this version stands for it. */
  synchronized void put(AdapterVersion version, boolean pinned) {
    names.put(version.name(), version);
    pins.remove(version.name());
    if (pinned) {
      pins.add(version.name());
    }
  }

  /** Takes a name away, and its pin. */
  synchronized void remove(String name) {
    names.remove(name);
    pins.remove(name);
  }

  /** In the order of the names. */
  synchronized List<AdapterVersion> versions() {
    return new ArrayList<>(names.values());
  }

  /** Whether a name stands for an adapter of this hash. */
  synchronized boolean areOf(String hash) {
    return names.values().stream().anyMatch(version -> version.hash().equals(hash));
  }

  /** How many names beside this one are pinned. */
  synchronized long pinnedBeside(String name) {
    return pins.stream().filter(pin -> !pin.equals(name)).count();
  }

  /** Hashes of the adapters that pinned names stand for. */
  synchronized Set<String> pinnedHashes() {
    return names.values().stream()
        .filter(version -> pins.contains(version.name()))
        .map(AdapterVersion::hash)
        .collect(Collectors.toSet());
  }
}
