package org.seal4j.rl.study;

import java.util.List;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;

/**
 * Asks questions of a model that does not see the passage.
 *
 * @param form tokens and prompts
 * @param tokens longest answer
 */
public record ClosedBookAnswers(StudyForm form, int tokens) {

  /** The most likely answers of a model, with an adapter or without, one a question. */
  public List<String> of(
      Weights weights, LinearBank linears, List<String> questions, Workers workers) {
    if (questions.isEmpty()) {
      return List.of();
    }
    return new Asking(weights, linears, workers)
            .all(
                questions.stream().map(form::closedBook).toList(),
                new GenerationConfig(Sampling.mostLikely(), form.answer(tokens)))
            .stream()
            .map(made -> form.words(made.tokens()))
            .toList();
  }
}
