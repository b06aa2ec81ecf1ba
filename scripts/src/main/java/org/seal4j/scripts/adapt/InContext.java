package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.study.OpenBookAnswers;
import org.seal4j.rl.study.StudyForm;

/**
 * What the model, before the training, answers to the user's questions with their passage in front:
 * the other way to have documents answer. Questions of the model itself are not asked so: their
 * expected answers are these.
 *
 * @param questions of the examination
 * @param answers one each; null where the question has no passage, or is not the user's
 */
record InContext(List<Asked> questions, List<@Nullable String> answers) {
  InContext {
    questions = List.copyOf(questions);
    answers = new ArrayList<>(answers); // with nulls, which List.copyOf refuses
  }

  /** Asks. */
  static InContext of(
      Examination exam, Map<String, Passage> passages, Weights weights, Workers workers) {
    List<Asked> questions = exam.questions();
    List<OpenBookAnswers.Reading> readings = new ArrayList<>();
    for (Asked asked : questions) {
      Passage passage = passages.get(asked.passage());
      if (asked.origin() == Asked.Origin.OWN && passage != null) {
        readings.add(new OpenBookAnswers.Reading(passage, asked.text()));
      }
    }
    List<String> made = answers(exam.form(), exam.tokens(), readings, weights, workers);
    List<@Nullable String> answers = new ArrayList<>();
    int next = 0;
    for (Asked asked : questions) {
      boolean read = asked.origin() == Asked.Origin.OWN && passages.containsKey(asked.passage());
      answers.add(read ? made.get(next++) : null);
    }
    return new InContext(questions, answers);
  }

  private static List<String> answers(
      StudyForm form,
      int tokens,
      List<OpenBookAnswers.Reading> readings,
      Weights weights,
      Workers workers) {
    return new OpenBookAnswers(form, tokens).of(weights, readings, workers);
  }

  /** How many questions were asked so. */
  int count() {
    return recalls().size();
  }

  /** Token recall of each that was asked. */
  List<Outcome> recalls() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      String answer = answers.get(i);
      if (answer != null) {
        Asked asked = questions.get(i);
        outcomes.add(new Outcome(asked.passage(), asked.recall(answer)));
      }
    }
    return outcomes;
  }

  /** Mean token recall; no number where none was asked. */
  double recall() {
    return mean(Asked::recall);
  }

  /** Mean F1. */
  double f1() {
    return mean(Asked::f1);
  }

  private double mean(ToDoubleBiFunction<Asked, String> score) {
    return IntStream.range(0, questions.size())
        .filter(i -> answers.get(i) != null)
        .mapToDouble(i -> score.applyAsDouble(questions.get(i), answers.get(i)))
        .average()
        .orElse(Double.NaN);
  }
}
