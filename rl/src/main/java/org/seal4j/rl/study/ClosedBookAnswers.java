package org.seal4j.rl.study;

import java.util.List;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/**
 * Asks questions of a model that does not see the passage.
 *
 * @param form tokens and prompts
 * @param tokens longest answer
 */
public record ClosedBookAnswers(StudyForm form, int tokens) {
  /** Questions that one thread answers at once. */
  static final int ROWS = 32;

  /** The most likely answers of a model, with an adapter or without, one a question. */
  public List<String> of(
      Weights weights, LinearBank linears, List<String> questions, Workers workers) {
    if (questions.isEmpty()) {
      return List.of();
    }
    GenerationConfig how = new GenerationConfig(Sampling.mostLikely(), form.answer(tokens));
    try (Asking asking = new Asking(weights, linears, workers, ROWS)) {
      return of(asking, form, questions, how);
    }
  }

  /** The answers of a model that is asked again later. */
  static List<String> of(
      Asking asking, StudyForm form, List<String> questions, GenerationConfig how) {
    return asking.all(questions.stream().map(form::closedBook).toList(), how).stream()
        .map(made -> form.words(made.tokens()))
        .toList();
  }
}
