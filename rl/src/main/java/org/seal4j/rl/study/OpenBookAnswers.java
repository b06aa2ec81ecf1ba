package org.seal4j.rl.study;

import java.util.List;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/**
 * Asks questions of a model that reads the passage: what an adapter is measured against.
 *
 * @param form tokens and prompts
 * @param tokens longest answer
 */
public record OpenBookAnswers(StudyForm form, int tokens) {

  /**
   * A question and where its answer stands.
   *
   * @param passage put in front
   * @param question one line
   */
  public record Reading(Passage passage, String question) {}

  /** The most likely answers, one a question, each one line. */
  public List<String> of(Weights weights, List<Reading> questions, Workers workers) {
    if (questions.isEmpty()) {
      return List.of();
    }
    GenerationConfig how = new GenerationConfig(Sampling.mostLikely(), form.line(tokens));
    try (Asking asking =
        new Asking(weights, LinearBank.base(weights), workers, QuestionWriter.ROWS)) {
      return asking
          .all(questions.stream().map(q -> form.openBook(q.passage, q.question)).toList(), how)
          .stream()
          .map(made -> Answered.of(form, made).text())
          .toList();
    }
  }
}
