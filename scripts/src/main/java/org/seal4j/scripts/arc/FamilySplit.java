package org.seal4j.scripts.arc;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;

/**
 * Which families of tasks are for what, by the hash of their names alone: whatever the seed, what
 * is held out stays held out.
 *
 * @param loop of the loop
 * @param development for choosing settings
 * @param confirmation for published figures
 */
record FamilySplit(List<String> loop, List<String> development, List<String> confirmation) {
  private static final String SALT = "seal4j split 1";

  /** The loop, development, confirmation. */
  static final int POOLS = 3;

  FamilySplit {
    loop = List.copyOf(loop);
    development = List.copyOf(development);
    confirmation = List.copyOf(confirmation);
  }

  /**
   * Splits at least three families.
   *
   * @param heldOut share of them that only evaluations see, in (0, 1)
   */
  static FamilySplit of(Collection<String> families, double heldOut) {
    Checks.require(
        families.size() >= POOLS, "a split needs %d families, got %d", POOLS, families.size());
    List<String> names =
        families.stream().sorted(Comparator.comparing(FamilySplit::order)).toList();
    int held = Math.max(2, (int) Math.round(heldOut * names.size()));
    int forLoop = Math.max(1, names.size() - held);
    int development = forLoop + (names.size() - forLoop) / 2;
    return new FamilySplit(
        names.subList(0, forLoop),
        names.subList(forLoop, development),
        names.subList(development, names.size()));
  }

  private static String order(String family) {
    return ContentHash.ofTexts(List.of(SALT, family));
  }
}
