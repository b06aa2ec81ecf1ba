package org.seal4j.scripts.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.model.MemoryNeed;

/**
 * What a server takes of the Java heap, which is known before its model is read.
 *
 * @param copy size in bytes of the copy of the weights; 0 for none
 * @param cache size in bytes of the cache of answers
 * @param cacheTokens tokens that it holds
 * @param prompts size in bytes of what prompts begin with, when as much is kept as may be
 */
record ServeHeap(double copy, double cache, int cacheTokens, double prompts) {
  /** Of the program and what it does with a request, as seen with a vocabulary of 49,152. */
  private static final double PROGRAM = 96 << 20;

  private static final double STEP = 256 << 20;

  /**
   * Refuses a heap in which the server could not start.
   *
   * @param limit size in bytes that the heap may have
   */
  void require(double limit) {
    Checks.require(
        atOnce() <= limit,
        "this server takes %s of the Java heap (%s), which may have %s; allow more with"
            + " SEAL_JAVA_OPTS=%s, or take less with %s",
        MemoryNeed.text(atOnce()),
        String.join(", ", parts()),
        MemoryNeed.text(limit),
        enough(),
        less());
  }

  /** What to say of a heap in which the server starts but may not be able to go on. */
  Optional<String> warning(double limit) {
    return atOnce() + prompts <= limit
        ? Optional.empty()
        : Optional.of(
            "the Java heap may have %s, of which this server takes %s at once and up to %s more for what prompts begin with, so that it may fill; allow more with SEAL_JAVA_OPTS=%s, or lower answers.prefixBytes"
                .formatted(
                    MemoryNeed.text(limit),
                    MemoryNeed.text(atOnce()),
                    MemoryNeed.text(prompts),
                    enough()));
  }

  private double atOnce() {
    return copy + cache + PROGRAM;
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    if (copy > 0) {
      parts.add("a copy of the weights " + MemoryNeed.text(copy));
    }
    parts.add(
        String.format(
            Locale.ROOT, "a cache of %,d tokens %s", cacheTokens, MemoryNeed.text(cache)));
    parts.add("the program " + MemoryNeed.text(PROGRAM));
    return parts;
  }

  private String less() {
    return (copy > 0 ? "--weights float32, which needs no copy, or " : "")
        + "a smaller answers.cacheTokens";
  }

  /** The flag for all of it. */
  private String enough() {
    double steps = Math.ceil((atOnce() + prompts) / STEP);
    return String.format(Locale.ROOT, "-Xmx%.0fm", steps * STEP / (1 << 20));
  }
}
