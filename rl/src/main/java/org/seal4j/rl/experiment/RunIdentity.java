package org.seal4j.rl.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.file.ContentHash;

/** What a run is, in one hash: files that belong to it name it. */
public final class RunIdentity {
  private RunIdentity() {}

  /**
   * SHA-256 of all that decides the results of a run but the program: equal runs have the same.
   *
   * @param kind of the recipe
   * @param keys of the recipe
   * @param seed root of all randomness
   * @param backend that computes
   * @param data SHA-256 of the inputs by name
   */
  public static String of(
      String kind, Record keys, long seed, String backend, Map<String, String> data) {
    return ContentHash.ofTexts(
        List.of(kind + " " + keys, Long.toString(seed), backend, new TreeMap<>(data).toString()));
  }
}
