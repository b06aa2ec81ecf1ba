package org.seal4j.data.squad;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * A reproducible choice of passages: all are shuffled by the seed, then a slice is taken
 * (docs/seal.md §2.1). Slices of one seed that do not overlap share no passage.
 *
 * <p>Differs from SEAL: the shuffle is our own generator's, not Python's, so that the same numbers
 * choose other passages.
 *
 * @param seed the seed of the shuffle, any whole number
 * @param start first place of the slice, a number of passages from 0
 * @param count number of passages in the slice; 0 takes all from the start on
 */
public record PassageSubset(long seed, int start, int count) {
  public PassageSubset {
    Checks.require(
        start >= 0 && count >= 0,
        "a subset needs start >= 0 and count >= 0 (0 takes all) but got start %d, count %d",
        start,
        count);
  }

  /** The chosen ones, in shuffled order; refused where there are too few. */
  public <T> List<T> of(List<T> all) {
    int end = count == 0 ? all.size() : Math.addExact(start, count);
    if (start >= all.size() || end > all.size()) {
      throw Checks.refuse(
          "the subset asks for passages %d to %d but there are only %d; lower start or count",
          start, end - 1, all.size());
    }
    List<T> shuffled = new ArrayList<>(all);
    Seeds.of(seed).child("passages").rng().shuffle(shuffled);
    return List.copyOf(shuffled.subList(start, end));
  }
}
