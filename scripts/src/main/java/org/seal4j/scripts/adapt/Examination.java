package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.study.ClosedBookAnswers;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.StudyRows;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.Measure;

/**
 * What a model is asked without the documents, and how it is measured on a text that has nothing to
 * do with them.
 *
 * @param questions in their order
 * @param form tokens and prompts
 * @param tokens longest answer
 */
record Examination(List<Asked> questions, StudyForm form, int tokens) {
  Examination {
    questions = List.copyOf(questions);
  }

  /**
   * What came out.
   *
   * @param questions that were asked
   * @param answers one each
   * @param general how likely the general text is
   */
  record Paper(List<Asked> questions, List<String> answers, Measure general) {
    Paper {
      questions = List.copyOf(questions);
      answers = List.copyOf(answers);
    }

    /** Whether the documents are asked about. */
    static boolean isAboutDocuments(Asked question) {
      return question.origin() != Asked.Origin.GENERAL;
    }

    /** Token recall of the questions about the documents; those of a passage belong together. */
    List<Outcome> recalls() {
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        Asked asked = questions.get(i);
        if (isAboutDocuments(asked)) {
          String task = asked.passage().isEmpty() ? "question " + i : asked.passage();
          outcomes.add(new Outcome(task, asked.recall(answers.get(i))));
        }
      }
      return outcomes;
    }

    /** Mean token recall of the questions of one origin; no number where there are none. */
    double recall(Asked.Origin origin) {
      return mean(origin, Asked::recall);
    }

    /** Mean F1 of the questions of one origin. */
    double f1(Asked.Origin origin) {
      return mean(origin, Asked::f1);
    }

    /** How many questions have this origin. */
    int count(Asked.Origin origin) {
      return (int) questions.stream().filter(asked -> asked.origin() == origin).count();
    }

    private double mean(Asked.Origin origin, ToDoubleBiFunction<Asked, String> score) {
      double sum = 0;
      for (int i = 0; i < questions.size(); i++) {
        Asked asked = questions.get(i);
        sum += asked.origin() == origin ? score.applyAsDouble(asked, answers.get(i)) : 0;
      }
      return sum / count(origin);
    }

    /** Perplexity of the general text. */
    double perplexity() {
      return Math.exp(general.loss());
    }
  }

  /** Examines a model, with an adapter or without. */
  Paper of(Weights weights, LinearBank linears, int parts, Workers workers) {
    List<String> texts = questions.stream().map(Asked::text).toList();
    List<String> answers = new ClosedBookAnswers(form, tokens).of(weights, linears, texts, workers);
    return new Paper(
        questions, answers, Measure.of(weights, linears, generalText(), parts, workers));
  }

  /** The general text, a row a paragraph. */
  List<Lesson> generalText() {
    List<Lesson> lessons = new ArrayList<>();
    for (String paragraph : GeneralAbility.paragraphs()) {
      TokenSequence tokens = new StudyRows(form).text(paragraph);
      lessons.add(new Lesson(lessons.size() + 1, tokens, Optional.empty()));
    }
    return lessons;
  }
}
