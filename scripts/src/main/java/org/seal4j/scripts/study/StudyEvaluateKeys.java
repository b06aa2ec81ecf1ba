package org.seal4j.scripts.study;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.keys.HeldOut;

/**
 * What is measured on held-out titles.
 *
 * @param pool which titles: tune on {@code development}, publish {@code confirmation}
 * @param contexts passages, one of each title; at most those there are
 * @param editsPerContext self-edits per passage and row
 * @param general passages whose adapters are asked general questions besides, in every row; at most
 *     those that are examined; null for 0
 */
public record StudyEvaluateKeys(
    HeldOut pool, int contexts, int editsPerContext, @Nullable Integer general) {
  public StudyEvaluateKeys {
    Checks.require(contexts >= 1, "evaluate.contexts must be >= 1 but was %d", contexts);
    Checks.require(
        editsPerContext >= 1, "evaluate.editsPerContext must be >= 1 but was %d", editsPerContext);
    int asked = general == null ? 0 : general;
    Checks.require(asked >= 0, "evaluate.general must be >= 0 but was %d", asked);
  }

  /** Passages whose adapters are asked general questions. */
  int asked() {
    return general == null ? 0 : general;
  }
}
