package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.data.world.PersonPool;

/**
 * What is measured on passages that neither pretraining nor the loop has seen.
 *
 * @param pool which held-out passages: tune on {@code development}, publish {@code confirmation}
 * @param passages how many of them
 * @param editsPerPassage self-edits per passage and condition
 */
public record PassageEvaluateConfig(HeldOut pool, int passages, int editsPerPassage) {
  public PassageEvaluateConfig {
    Checks.require(passages >= 1, "evaluate.passages must be >= 1 but was %d", passages);
    Checks.require(
        editsPerPassage >= 1, "evaluate.editsPerPassage must be >= 1 but was %d", editsPerPassage);
  }

  /** The two kinds of held-out passages. */
  public enum HeldOut {
    /** Looked at while choosing settings. */
    DEVELOPMENT(PersonPool.DEVELOPMENT),
    /** Looked at by complete runs only, for the figures that are published. */
    CONFIRMATION(PersonPool.CONFIRMATION);

    private final PersonPool persons;

    HeldOut(PersonPool persons) {
      this.persons = persons;
    }

    /** The persons of the passages. */
    public PersonPool persons() {
      return persons;
    }
  }
}
