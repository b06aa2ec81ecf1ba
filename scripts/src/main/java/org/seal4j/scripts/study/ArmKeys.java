package org.seal4j.scripts.study;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.study.StudyCourse;
import org.seal4j.rl.study.StudyWriting;

/**
 * One way to study a passage: a row of the table, and one more for each round where it is
 * reinforced.
 *
 * @param name of the row
 * @param writing what the model writes: {@code nothing}, {@code implications}, {@code rewrite} or
 *     {@code questions}
 * @param passage whether the passage stands in every batch besides
 * @param targets what questions are trained on; null with any other writing
 * @param steps optimizer steps of an adapter; null for {@code study.steps}
 * @param batch rows of a step; null for {@code inner.batch}
 * @param learningRate peak rate; null for {@code inner.learningRate}
 * @param reinforced whether the policy that writes is reinforced in the rounds of {@code loop}
 * @param learning how it is: {@code restem}, {@code grpo} or {@code dpo}; null for {@code restem}
 */
public record ArmKeys(
    String name,
    StudyWriting writing,
    boolean passage,
    @Nullable Targets targets,
    @Nullable Integer steps,
    @Nullable Integer batch,
    @Nullable Double learningRate,
    boolean reinforced,
    @Nullable Learning learning) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9 +-]*");

  /** What a question's answer is trained on. */
  public enum Targets {
    /** What the reading model held for likely at each place (context distillation). */
    DISTILL,
    /** Its answer for certain. */
    ANSWERS
  }

  public ArmKeys {
    Checks.require(
        NAME.matcher(name).matches(),
        "arms has one called '%s'; a name is of lower-case letters, digits, blanks, + and -",
        name);
    Checks.require(
        (targets != null) == (writing == StudyWriting.QUESTIONS),
        "arm '%s' needs targets (distill or answers) with writing: questions, and with nothing else",
        name);
    Checks.require(
        !reinforced || writing != StudyWriting.NOTHING,
        "arm '%s' writes nothing that could be reinforced",
        name);
    Checks.require(
        reinforced || learning == null,
        "arm '%s' has a way to learn, %s, but is not reinforced; write reinforced: true, or"
            + " learning: null",
        name,
        learning == null ? "" : learning.name().toLowerCase(Locale.ROOT));
    Checks.require(
        passage || writing != StudyWriting.NOTHING,
        "arm '%s' trains on nothing: it needs the passage or something that is written",
        name);
  }

  /** How its policy learns, where it is reinforced. */
  Learning learns() {
    return learning == null ? Learning.RESTEM : learning;
  }

  /** A folder name. */
  String folder() {
    return folder(name);
  }

  static String folder(String name) {
    return "arms/" + name.replace(" + ", "+").replace(' ', '-');
  }

  /** How its edits are trained on. */
  StudyCourse course(StudyKeys recipe) {
    try {
      return new StudyCourse(
          writing,
          passage,
          targets == Targets.DISTILL,
          steps == null ? recipe.study().steps() : steps,
          batch == null ? recipe.inner().batch() : batch,
          learningRate == null ? recipe.inner().rate() : learningRate,
          recipe.study().questions(),
          recipe.study().filter());
    } catch (InputException e) {
      throw new InputException("arm '" + name + "': " + e.getMessage(), e);
    }
  }
}
