package org.seal4j.scripts.study;

import org.seal4j.data.check.Checks;
import org.seal4j.eval.stats.DetectableDifference;

/**
 * The noise of token recall that the power table is computed from, as standard deviations. A run on
 * development titles states its own under "Noise".
 *
 * @param titles of the true difference of two rows between titles
 * @param edits between self-edits of one passage
 * @param repeats between trainings of one self-edit
 * @param questions of the difference between questions of one title
 * @param source where the figures come from, for the report
 */
public record NoiseKeys(
    double titles, double edits, double repeats, double questions, String source) {
  public NoiseKeys {
    for (double deviation : new double[] {titles, edits, repeats, questions}) {
      Checks.require(
          deviation >= 0 && deviation <= 1,
          "noise.titles, edits, repeats and questions must be in [0, 1] but one is %s",
          deviation);
    }
    Checks.require(
        titles + edits + repeats + questions > 0,
        "noise.titles, edits, repeats and questions are all 0, but no run is without noise; take"
            + " those that the report of a run on development titles states");
    Checks.require(!source.isBlank(), "noise.source is empty but must say where the noise is from");
  }

  DetectableDifference difference() {
    return new DetectableDifference(titles, edits, repeats, questions);
  }
}
