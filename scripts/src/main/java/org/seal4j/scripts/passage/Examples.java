package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.report.PassageExample;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.passage.PassageContext;

/** Passages for the page, with what each condition wrote and answered. */
public final class Examples {
  private static final int PASSAGES = 3;
  private static final double RIGHT = 0.5;

  private Examples() {}

  /**
   * What one condition did.
   *
   * @param condition name of the condition
   * @param selfEdit the text that was trained on besides the passage; empty if there was none
   * @param answers one per question
   * @param grader judges them
   */
  public record Written(
      String condition, String selfEdit, List<String> answers, AnswerGrader grader) {}

  /** The first few held-out passages in every condition, by its first edit. */
  public static List<PassageExample> of(
      Phases phases, List<PassageContext> passages, AnswerGrader grader) {
    List<PassageExample> examples = new ArrayList<>();
    for (PassageContext context : passages.subList(0, Math.min(PASSAGES, passages.size()))) {
      List<Written> written = new ArrayList<>();
      phases
          .conditions()
          .forEach(
              (label, phase) ->
                  first(phases.rows(phase), context.id())
                      .map(
                          row ->
                              new Written(
                                  label,
                                  row.draft().edit().orElse(""),
                                  row.outcome().answers(),
                                  grader))
                      .ifPresent(written::add));
      examples.add(of(context.passage(), written));
    }
    return examples;
  }

  /** A passage with what these conditions did. */
  public static PassageExample of(Passage passage, List<Written> conditions) {
    return new PassageExample(
        passage.id(),
        passage.context(),
        conditions.stream().map(written -> produced(passage, written)).toList());
  }

  private static PassageExample.Produced produced(Passage passage, Written written) {
    List<PassageExample.Answer> answers = new ArrayList<>();
    for (int i = 0; i < written.answers.size(); i++) {
      Question question = passage.questions().get(i);
      String given = written.answers.get(i);
      boolean right = written.grader.grade(question, given) >= RIGHT;
      answers.add(new PassageExample.Answer(question.text(), question.gold(), given, right));
    }
    return new PassageExample.Produced(written.condition, written.selfEdit, answers);
  }

  private static Optional<EditRow> first(List<EditRow> rows, String passageId) {
    return rows.stream().filter(row -> row.key().contextId().equals(passageId)).findFirst();
  }
}
