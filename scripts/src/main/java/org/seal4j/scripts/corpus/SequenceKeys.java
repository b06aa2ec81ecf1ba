package org.seal4j.scripts.corpus;

import org.seal4j.data.check.Checks;

/**
 * Passages that are learned one after the other, in methods {@code in sequence}.
 *
 * @param count sequences whose forgetting is measured; no passage is in two
 * @param passages number of passages of each, at least 2 (SEAL: 8)
 * @param guardRows rows of each batch that methods with replay or anchor give to what is to be kept
 * @param anchors texts of the un-edited model that anchors and EWC use
 * @param ewcWeight factor on the penalty of elastic weight consolidation
 */
public record SequenceKeys(int count, int passages, int guardRows, int anchors, double ewcWeight) {
  public SequenceKeys {
    Checks.require(count >= 1, "sequence.count must be >= 1 but was %d", count);
    Checks.require(
        passages >= 2,
        "sequence.passages must be >= 2 but was %d; one passage can forget nothing",
        passages);
    Checks.require(guardRows >= 1, "sequence.guardRows must be >= 1 but was %d", guardRows);
    Checks.require(anchors >= 1, "sequence.anchors must be >= 1 but was %d", anchors);
    Checks.require(
        ewcWeight > 0 && Double.isFinite(ewcWeight),
        "sequence.ewcWeight must be finite and > 0 but was %s",
        ewcWeight);
  }
}
