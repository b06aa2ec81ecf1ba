package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.PassageExample;

/** Every passage of a run with its questions, as the page shows them. */
final class PassageSheets {
  private PassageSheets() {}

  /**
   * The passages, and behind them the questions without one.
   *
   * @param passages rows of {@link AdaptTables#PASSAGES}
   * @param answers rows of {@link AdaptTables#ANSWERS}
   */
  static List<PassageExample> of(List<Row> passages, List<Row> answers) {
    List<PassageExample> sheets = new ArrayList<>();
    for (Row passage : passages) {
      List<Row> own =
          answers.stream()
              .filter(row -> row.string("passage").equals(passage.string("passage")))
              .toList();
      sheets.add(
          new PassageExample(
              passage.string("title") + " (" + passage.string("source") + ")",
              passage.string("text"),
              produced(own)));
    }
    List<Row> rest = answers.stream().filter(row -> row.string("passage").isEmpty()).toList();
    if (!rest.isEmpty()) {
      String about = "Questions of your own file, and general ones that show what was lost.";
      sheets.add(new PassageExample("Other questions", about, produced(rest)));
    }
    return sheets;
  }

  private static List<PassageExample.Produced> produced(List<Row> rows) {
    List<PassageExample.Produced> produced = new ArrayList<>();
    add(produced, AdaptFindings.BEFORE, rows, "before");
    add(produced, AdaptFindings.AFTER, rows, "after");
    List<Row> read = rows.stream().filter(row -> !row.isNull("in_context")).toList();
    add(produced, AdaptFindings.IN_CONTEXT, read, "in_context");
    return produced;
  }

  private static void add(
      List<PassageExample.Produced> produced, String condition, List<Row> rows, String given) {
    if (rows.isEmpty()) {
      return;
    }
    List<PassageExample.Answer> answers =
        rows.stream()
            .map(
                row ->
                    new PassageExample.Answer(
                        row.string("question"),
                        row.string("expected"),
                        row.string(given),
                        row.float64("recall_" + given) > 0))
            .toList();
    produced.add(new PassageExample.Produced(condition, "", answers));
  }
}
