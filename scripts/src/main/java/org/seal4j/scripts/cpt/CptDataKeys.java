package org.seal4j.scripts.cpt;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.world.EditStyle;
import org.seal4j.rl.keys.HeldOut;

/**
 * Which passages, and which texts about them.
 *
 * @param pool held-out passages: tune on {@code development}, publish {@code confirmation}
 * @param passages number of passages that are trained on at once
 * @param editsPerContext self-edits that the policy writes about each (SEAL: 5)
 * @param teachers styles in which the teacher writes about each passage, one text per style
 * @param priorQuestions questions on what the model knew before
 */
public record CptDataKeys(
    HeldOut pool, int passages, int editsPerContext, List<EditStyle> teachers, int priorQuestions) {
  public CptDataKeys {
    teachers = List.copyOf(teachers);
    Checks.require(passages >= 2, "data.passages must be >= 2 but was %d", passages);
    Checks.require(
        editsPerContext >= 1, "data.editsPerContext must be >= 1 but was %d", editsPerContext);
    Checks.require(!teachers.isEmpty(), "data.teachers names no style; give at least one");
  }
}
