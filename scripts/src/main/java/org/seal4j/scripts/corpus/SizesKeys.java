package org.seal4j.scripts.corpus;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.keys.HeldOut;

/**
 * How large the corpora are.
 *
 * @param pool titles that passages are taken from: tune on {@code development}, publish {@code
 *     confirmation}
 * @param sizes passages of each corpus, from small to large; a small one is the beginning of a
 *     large one
 * @param asked passages whose questions are asked, of different titles: the first of each corpus;
 *     at most as many as the pool has titles
 * @param asking what is asked about them
 */
public record SizesKeys(HeldOut pool, List<Integer> sizes, int asked, AskedAbout asking) {
  /** What is asked about a corpus. */
  public enum AskedAbout {
    /** The questions about single passages. */
    PASSAGES,
    /** Questions that need two passages ({@link org.seal4j.data.squad.TwoHopQuestion}). */
    PAIRS
  }

  public SizesKeys {
    sizes = List.copyOf(sizes);
    Checks.require(!sizes.isEmpty(), "corpus.sizes is empty: name at least one number of passages");
    int before = 0;
    for (int size : sizes) {
      Checks.require(
          size > before,
          "corpus.sizes must be >= 1 and go from small to large, each once, but are %s",
          sizes);
      before = size;
    }
    Checks.require(asked >= 1, "corpus.asked must be >= 1 but was %d", asked);
  }

  /** Passages of the largest corpus. */
  int largest() {
    return sizes.get(sizes.size() - 1);
  }
}
