package org.seal4j.scripts.corpus;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.study.StudyCourse;
import org.seal4j.rl.study.StudyWriting;
import org.seal4j.scripts.study.ArmKeys;

/**
 * What the adapter of a passage is trained on: as an arm of the kind {@code study}.
 *
 * @param writing what the model writes: {@code nothing}, {@code implications}, {@code rewrite} or
 *     {@code questions}
 * @param passage whether the passage stands in every batch besides
 * @param targets what questions are trained on; null with any other writing
 * @param attempts how often the model is asked to write about a passage, until it writes something
 *     that can be read
 */
public record CourseKeys(
    StudyWriting writing, boolean passage, ArmKeys.@Nullable Targets targets, int attempts) {
  public CourseKeys {
    Checks.require(
        (targets != null) == (writing == StudyWriting.QUESTIONS),
        "course needs targets (distill or answers) with writing: questions, and with nothing else");
    Checks.require(attempts >= 1, "course.attempts must be >= 1 but was %d", attempts);
  }

  /** How what was written is trained on. */
  StudyCourse course(CorpusKeys recipe) {
    try {
      return new StudyCourse(
          writing,
          passage,
          targets == ArmKeys.Targets.DISTILL,
          recipe.study().steps(),
          recipe.inner().batch(),
          recipe.inner().rate(),
          recipe.study().questions(),
          recipe.study().filter());
    } catch (InputException e) {
      throw new InputException("course: " + e.getMessage(), e);
    }
  }
}
