package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.passage.PassageContext;

/** What the result table counts: one row per condition, passage, edit and question. */
public final class AnswerTable {
  /** One row per question. */
  public static final TableSchema SCHEMA =
      TableSchema.named("answers", 1)
          .column("condition", ColumnType.STRING, "Row of the result table.")
          .column("phase", ColumnType.STRING, "Name of the same in the journal of edits.")
          .column("passage_id", ColumnType.STRING, "Id of the held-out passage.")
          .column("edit_index", ColumnType.INT32, "Which of the passage's edits, from 0.")
          .column("question_id", ColumnType.STRING, "Id of the question.")
          .column("question", ColumnType.STRING, "Asked without the passage.")
          .column("gold", ColumnType.STRING, "The gold answer.")
          .column("answer", ColumnType.STRING, "The answer of the first repetition.")
          .column("grade", ColumnType.FLOAT64, "The grader's verdict on it, from 0 to 1.")
          .build();

  private AnswerTable() {}

  /**
   * The rows of all conditions.
   *
   * @param evaluated the held-out passages
   */
  public static List<Row> rows(Phases phases, List<PassageContext> evaluated, AnswerGrader grader) {
    Map<String, Passage> passages = new HashMap<>();
    evaluated.stream()
        .map(PassageContext::passage)
        .forEach(passage -> passages.put(passage.id(), passage));
    List<Row> rows = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              for (EditRow row : phases.rows(phase)) {
                Passage passage = passages.get(row.key().contextId());
                if (passage != null) {
                  add(rows, label, row, passage, grader);
                }
              }
            });
    return rows;
  }

  private static void add(
      List<Row> rows, String label, EditRow row, Passage passage, AnswerGrader grader) {
    List<String> answers = row.outcome().answers();
    for (int i = 0; i < answers.size(); i++) {
      Question question = passage.questions().get(i);
      rows.add(
          SCHEMA
              .row()
              .set("condition", label)
              .set("phase", row.key().phase())
              .set("passage_id", passage.id())
              .set("edit_index", row.key().index())
              .set("question_id", question.id())
              .set("question", question.text())
              .set("gold", question.gold())
              .set("answer", answers.get(i))
              .set("grade", grader.grade(question, answers.get(i)))
              .build());
    }
  }
}
