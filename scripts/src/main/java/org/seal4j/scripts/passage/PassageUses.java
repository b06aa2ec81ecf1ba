package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.squad.Question;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.passage.PassageContext;

/** The passages of a run as a table, one row per question. */
final class PassageUses {
  static final TableSchema SCHEMA =
      TableSchema.named("passages", 1)
          .column("used_for", ColumnType.STRING, "One of: loop round 1 and so on, evaluation.")
          .column("passage_id", ColumnType.STRING, "Id of the passage.")
          .column("title", ColumnType.STRING, "Article or kind of the passage.")
          .column("context", ColumnType.STRING, "Text of the passage.")
          .column("question_id", ColumnType.STRING, "Id of the question.")
          .column("question", ColumnType.STRING, "Asked without the passage.")
          .column("answer", ColumnType.STRING, "The gold answer.")
          .build();

  private PassageUses() {}

  static List<Row> rows(PassagePlan plan) {
    List<Row> rows = new ArrayList<>();
    for (int round = 1; round <= plan.rounds().size(); round++) {
      add(rows, "loop round " + round, plan.round(round));
    }
    add(rows, "evaluation", plan.evaluation());
    return rows;
  }

  private static void add(List<Row> rows, String use, List<PassageContext> passages) {
    for (PassageContext context : passages) {
      for (Question question : context.passage().questions()) {
        rows.add(
            SCHEMA
                .row()
                .set("used_for", use)
                .set("passage_id", context.id())
                .set("title", context.passage().title())
                .set("context", context.passage().context())
                .set("question_id", question.id())
                .set("question", question.text())
                .set("answer", question.gold())
                .build());
      }
    }
  }
}
