package org.seal4j.rl.keys;

import org.seal4j.data.check.Checks;

/**
 * What is measured on contexts that neither pretraining nor the loop has seen.
 *
 * @param pool which held-out contexts: tune on {@code development}, publish {@code confirmation}
 * @param contexts how many tasks or passages; of a user's files at most those there are
 * @param editsPerContext self-edits per context and condition
 */
public record EvaluateKeys(HeldOut pool, int contexts, int editsPerContext) {
  public EvaluateKeys {
    Checks.require(contexts >= 1, "evaluate.contexts must be >= 1 but was %d", contexts);
    Checks.require(
        editsPerContext >= 1, "evaluate.editsPerContext must be >= 1 but was %d", editsPerContext);
  }
}
