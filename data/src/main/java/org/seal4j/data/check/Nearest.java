package org.seal4j.data.check;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Finds the known name that a mistyped one most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest edits to {@code word}, the first one on a tie; empty when even
   * that one differs in more than a third of its letters (two letters are always forgiven).
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = edits(word, candidate);
      if (edits < fewest) {
        fewest = edits;
        best = candidate;
      }
    }
    if (best == null || fewest > Math.max(2, best.length() / 3) || fewest >= best.length()) {
      return Optional.empty();
    }
    return Optional.of(best);
  }

  /**
   * The value of a name, or an {@link InputException} that offers the nearest known name, or the
   * first few names where none is near.
   *
   * @param what begins the message, such as {@code "the model has no weight"}
   */
  public static <T> T get(Map<String, T> known, String name, String what) {
    T value = known.get(name);
    if (value == null) {
      String advice =
          to(name, known.keySet())
              .map(nearest -> "did you mean " + nearest + "?")
              .orElse("it has " + Shown.names(known.keySet()));
      throw Checks.refuse("%s %s; %s", what, name, advice);
    }
    return value;
  }

  /** The Levenshtein distance: inserted, removed and replaced letters. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
