package org.seal4j.scripts.continual;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.keys.HeldOut;

/**
 * Which passages are trained on, and in what order.
 *
 * @param pool held-out passages: tune on {@code development}, publish {@code confirmation}
 * @param count number of sequences; no passage is in two as long as the pool suffices
 * @param passages number of passages of each sequence (SEAL: 8)
 */
public record SequencesKeys(HeldOut pool, int count, int passages) {
  public SequencesKeys {
    Checks.require(count >= 1, "sequences.count must be >= 1 but was %d", count);
    Checks.require(
        passages >= 2,
        "sequences.passages must be >= 2 but was %d; one passage can forget nothing",
        passages);
  }
}
