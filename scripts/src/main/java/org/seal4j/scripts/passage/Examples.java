package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.report.PassageExample;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.experiment.Phases;

/** The first few held-out passages with what each condition wrote and answered. */
final class Examples {
  private static final int PASSAGES = 3;
  private static final double RIGHT = 0.5;

  private Examples() {}

  static List<PassageExample> of(
      Phases phases, List<PassageContext> passages, AnswerGrader grader) {
    return passages.stream()
        .limit(PASSAGES)
        .map(PassageContext::passage)
        .map(passage -> example(phases, passage, grader))
        .toList();
  }

  private static PassageExample example(Phases phases, Passage passage, AnswerGrader grader) {
    List<PassageExample.Produced> produced = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) ->
                first(phases.rows(phase), passage)
                    .ifPresent(row -> produced.add(produced(label, row, passage, grader))));
    return new PassageExample(passage.id(), passage.context(), produced);
  }

  private static PassageExample.Produced produced(
      String label, EditRow row, Passage passage, AnswerGrader grader) {
    List<PassageExample.Answer> answers = new ArrayList<>();
    List<String> given = row.outcome().answers();
    for (int i = 0; i < given.size(); i++) {
      Question question = passage.questions().get(i);
      answers.add(
          new PassageExample.Answer(
              question.text(),
              question.gold(),
              given.get(i),
              grader.grade(question, given.get(i)) >= RIGHT));
    }
    return new PassageExample.Produced(label, row.draft().edit().orElse(""), answers);
  }

  private static Optional<EditRow> first(List<EditRow> rows, Passage passage) {
    return rows.stream().filter(row -> row.key().contextId().equals(passage.id())).findFirst();
  }
}
