package org.seal4j.eval.squad;

import java.util.List;

/**
 * Judges only what stands behind a marker, for models that are asked to think first (docs/seal.md
 * §2.5). Without the marker an answer is wrong.
 *
 * @param grader judges the answer
 * @param marker such as {@code Final answer:}; the first one counts
 */
public record AnswerBehind(AnswerGrader grader, String marker) implements AnswerGrader {
  @Override
  public String label() {
    return grader.label() + " of what follows '" + marker + "'";
  }

  @Override
  public double grade(String question, List<String> golds, String answer) {
    int at = answer.indexOf(marker);
    return at < 0
        ? 0
        : grader.grade(question, golds, answer.substring(at + marker.length()).strip());
  }
}
