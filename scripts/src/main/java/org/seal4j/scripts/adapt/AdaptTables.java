package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The tables that a run leaves. */
final class AdaptTables {
  static final TableSchema PASSAGES =
      TableSchema.named("passages", 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("source", ColumnType.STRING, "Where a person finds it.")
          .column("title", ColumnType.STRING, "Title of its document, and its headings.")
          .column("text", ColumnType.STRING, "The text that was learned.")
          .column("trained", ColumnType.INT32, "Questions and texts about it that were trained on.")
          .column("held_out", ColumnType.INT32, "Questions of the model that were held out.")
          .column("note", ColumnType.STRING, "What the model wrote and was not kept.")
          .build();

  static final TableSchema ANSWERS =
      TableSchema.named("answers", 2)
          .column("passage", ColumnType.STRING, "Id of the passage; empty where none is known.")
          .column("origin", ColumnType.STRING, "held out, yours, or general.")
          .column("question", ColumnType.STRING, "As it was asked, without the passage.")
          .column("expected", ColumnType.STRING, "The first accepted answer.")
          .column("before", ColumnType.STRING, "The answer of the model.")
          .column("after", ColumnType.STRING, "The answer of the model with the adapter.")
          .column(
              "recall_before", ColumnType.FLOAT64, "1 if the first answer holds the expected one.")
          .column("recall_after", ColumnType.FLOAT64, "The same of the second.")
          .column("f1_before", ColumnType.FLOAT64, "F1 of the first answer, as SQuAD defines it.")
          .column("f1_after", ColumnType.FLOAT64, "The same of the second.")
          .nullable(
              "in_context",
              ColumnType.STRING,
              "The answer of the model with the passage in front; null but for your questions that"
                  + " have one.")
          .nullable("recall_in_context", ColumnType.FLOAT64, "Token recall of it.")
          .nullable("f1_in_context", ColumnType.FLOAT64, "F1 of it.")
          .build();

  private AdaptTables() {}

  static Row passage(DocumentPassage passage, int trained, int heldOut, String note) {
    return PASSAGES
        .row()
        .set("passage", passage.id())
        .set("source", passage.source())
        .set("title", passage.title())
        .set("text", passage.text())
        .set("trained", trained)
        .set("held_out", heldOut)
        .set("note", note)
        .build();
  }

  static List<Row> answers(Examination.Paper before, InContext inContext, Examination.Paper after) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < before.questions().size(); i++) {
      Asked asked = before.questions().get(i);
      String first = before.answers().get(i);
      String second = after.answers().get(i);
      String read = inContext.answers().get(i);
      rows.add(
          ANSWERS
              .row()
              .set("passage", asked.passage())
              .set("origin", asked.origin().label())
              .set("question", asked.text())
              .set("expected", asked.golds().get(0))
              .set("before", first)
              .set("after", second)
              .set("recall_before", asked.recall(first))
              .set("recall_after", asked.recall(second))
              .set("f1_before", asked.f1(first))
              .set("f1_after", asked.f1(second))
              .set("in_context", read)
              .set("recall_in_context", read == null ? null : asked.recall(read))
              .set("f1_in_context", read == null ? null : asked.f1(read))
              .build());
    }
    return rows;
  }
}
