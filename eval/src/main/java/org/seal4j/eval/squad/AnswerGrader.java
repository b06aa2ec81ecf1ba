package org.seal4j.eval.squad;

import java.util.List;
import org.seal4j.data.squad.Question;

/** Judges an answer that a model gave without seeing the passage. */
public interface AnswerGrader {
  /** How reports call this grader, such as {@code token-recall}. */
  String label();

  /**
   * The verdict in [0, 1]; 1 is right.
   *
   * @param question the question as it was asked, without the prompt around it
   * @param golds accepted answers; empty where the passage does not answer the question, and then
   *     only a blank answer is right
   * @param answer what the model wrote
   */
  double grade(String question, List<String> golds, String answer);

  /** The verdict on an answer to this question. */
  default double grade(Question question, String answer) {
    return grade(question.text(), question.answers(), answer);
  }
}
