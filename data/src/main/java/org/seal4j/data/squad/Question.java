package org.seal4j.data.squad;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * A question about a passage.
 *
 * @param id unique in its source; made from place and text where the source has none
 * @param text of the question, one line
 * @param answers accepted answers, the first is the gold answer; empty only if impossible
 * @param impossible whether the passage does not answer it (SQuAD v2.0); its answers are then empty
 */
public record Question(String id, String text, List<String> answers, boolean impossible) {
  public Question {
    Checks.require(
        !id.isBlank(), "a question needs an id, but it was blank; its text is '%s'", text);
    Checks.require(!text.isBlank(), "question %s has no text", id);
    answers = List.copyOf(answers);
    Checks.require(
        impossible == answers.isEmpty(),
        "question %s is %s but has %d answers",
        id,
        impossible ? "impossible" : "answerable",
        answers.size());
  }

  /** An answerable question with one accepted answer, as in SEAL's regrouped files. */
  public static Question of(String id, String text, String answer) {
    return new Question(id, text, List.of(answer), false);
  }

  /** The gold answer: the first accepted one. */
  public String gold() {
    Checks.require(!impossible, "question %s is impossible and has no answer", id);
    return answers.get(0);
  }
}
