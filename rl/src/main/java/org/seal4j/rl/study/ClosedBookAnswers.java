package org.seal4j.rl.study;

import java.util.List;
import java.util.stream.IntStream;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
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
    return of(weights, linears, questions, new int[questions.size()], workers);
  }

  /**
   * The same with several adapters in one batch.
   *
   * @param adapters which of the bank answers each question, from 0
   */
  public List<String> of(
      Weights weights,
      LinearBank linears,
      List<String> questions,
      int[] adapters,
      Workers workers) {
    if (questions.isEmpty()) {
      return List.of();
    }
    GenerationConfig how = new GenerationConfig(Sampling.mostLikely(), form.answer(tokens));
    try (Asking asking = new Asking(weights, linears, workers, ROWS)) {
      return of(asking, form, questions, adapters, how);
    }
  }

  /** The answers of a model that is asked again later. */
  static List<String> of(
      Asking asking, StudyForm form, List<String> questions, GenerationConfig how) {
    return of(asking, form, questions, new int[questions.size()], how);
  }

  private static List<String> of(
      Asking asking, StudyForm form, List<String> questions, int[] adapters, GenerationConfig how) {
    List<Prompt> prompts =
        IntStream.range(0, adapters.length)
            .mapToObj(
                i ->
                    Prompt.of(form.closedBook(questions.get(i)), Seeds.of(0))
                        .withAdapter(adapters[i]))
            .toList();
    return asking.prompts(prompts, how).stream().map(made -> form.words(made.tokens())).toList();
  }
}
