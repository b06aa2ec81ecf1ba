package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.squad.SquadMetrics;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.eval.stats.DesignEffect;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.passage.PassageContext;

/**
 * A row of the table in more measures: reciting the passage earns recall, but no F1, and shows in
 * the length of the answers.
 *
 * @param condition row of the table
 * @param recall token recall over questions, with its clusters: the titles
 * @param f1 mean over questions
 * @param words of an answer, mean
 * @param negLogLikelihood of the gold answers in nats a token, mean over passages; NaN where it was
 *     not computed
 * @param steps optimizer steps of an edit, mean
 */
record RowMeasures(
    String condition,
    DesignEffect recall,
    double f1,
    double words,
    double negLogLikelihood,
    double steps) {
  static final TableSchema SCHEMA =
      TableSchema.named("measures", 1)
          .column("condition", ColumnType.STRING, "Row of the result table.")
          .column("questions", ColumnType.INT32, "How many were asked.")
          .column("titles", ColumnType.INT32, "Articles that they belong to.")
          .column("recall", ColumnType.FLOAT64, "Mean token recall over questions.")
          .column("naive_error", ColumnType.FLOAT64, "Standard error, questions independent.")
          .column("clustered_error", ColumnType.FLOAT64, "Standard error by titles.")
          .column("design_effect", ColumnType.FLOAT64, "Square of their ratio.")
          .column("f1", ColumnType.FLOAT64, "Mean F1 over questions.")
          .column("words", ColumnType.FLOAT64, "Mean words of an answer.")
          .column("gold_nll", ColumnType.FLOAT64, "Nats a token of the gold answers.")
          .column("steps", ColumnType.FLOAT64, "Mean optimizer steps of an edit.")
          .build();

  private static final TokenRecall RECALL = TokenRecall.calibrated();

  /** The same of every condition that has an answer. */
  static List<RowMeasures> of(Phases phases, List<PassageContext> evaluated) {
    Map<String, Passage> passages = new HashMap<>();
    evaluated.forEach(context -> passages.put(context.id(), context.passage()));
    List<RowMeasures> all = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              List<EditRow> rows =
                  phases.rows(phase).stream()
                      .filter(row -> !row.outcome().answers().isEmpty())
                      .toList();
              if (!rows.isEmpty()) {
                all.add(of(label, rows, passages));
              }
            });
    return all;
  }

  private static RowMeasures of(String label, List<EditRow> rows, Map<String, Passage> passages) {
    Map<String, List<Double>> recall = new LinkedHashMap<>();
    double f1 = 0;
    double words = 0;
    int answers = 0;
    for (EditRow row : rows) {
      String id = row.key().contextId();
      Passage passage = Checks.present(passages.get(id), "passage %s was not examined", id);
      for (int i = 0; i < row.outcome().answers().size(); i++) {
        Question question = passage.questions().get(i);
        String answer = row.outcome().answers().get(i);
        recall
            .computeIfAbsent(passage.title(), title -> new ArrayList<>())
            .add(RECALL.grade(question, answer));
        f1 += SquadMetrics.f1(question.answers(), answer);
        words += answer.isBlank() ? 0 : answer.strip().split("\\s+", -1).length;
        answers++;
      }
    }
    return new RowMeasures(
        label,
        DesignEffect.of(List.copyOf(recall.values())),
        f1 / answers,
        words / answers,
        likelihood(rows),
        rows.stream().mapToDouble(row -> row.outcome().training().steps()).average().orElse(0));
  }

  /** An examination without gold answers has 0 for each. */
  private static double likelihood(List<EditRow> rows) {
    return rows.stream()
        .mapToDouble(row -> row.outcome().negLogLikelihood())
        .filter(nll -> nll != 0)
        .average()
        .orElse(Double.NaN);
  }

  private String nats() {
    return Double.isNaN(negLogLikelihood) ? "–" : text("%.2f", negLogLikelihood);
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  Row row() {
    return SCHEMA
        .row()
        .set("condition", condition)
        .set("questions", recall.items())
        .set("titles", recall.clusters())
        .set("recall", recall.mean())
        .set("naive_error", recall.naive())
        .set("clustered_error", recall.clustered())
        .set("design_effect", recall.value())
        .set("f1", f1)
        .set("words", words)
        .set("gold_nll", negLogLikelihood)
        .set("steps", steps)
        .build();
  }

  /** For the console. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s: recall %.1f %%, F1 %.1f %%, %.1f words an answer, gold answers %s nats a token",
        condition,
        100 * recall.mean(),
        100 * f1,
        words,
        nats());
  }

  /** A table for the page. */
  static void write(List<RowMeasures> all, Html html) {
    html.note(
        "Over questions, so that passages with many count more than in the table above. The interval"
            + " takes questions for independent; by titles the variance is the design effect times"
            + " as large. Nats: of a token of the gold answers.");
    html.open("table", "class", "matrix").open("tr");
    for (String head :
        List.of(
            "", "n", "titles", "recall", "95 %", "design effect", "F1", "words", "nats", "steps")) {
      html.leaf("th", head);
    }
    html.closeLine();
    for (RowMeasures one : all) {
      html.open("tr").leaf("th", one.condition, "scope", "row");
      for (String cell :
          List.of(
              "" + one.recall.items(),
              "" + one.recall.clusters(),
              text("%.1f %%", 100 * one.recall.mean()),
              text("%.1f", 100 * Math.max(0, one.recall.naiveInterval().low()))
                  + text(" to %.1f", 100 * Math.min(1, one.recall.naiveInterval().high())),
              text("%.2f", one.recall.value()),
              text("%.1f %%", 100 * one.f1),
              text("%.1f", one.words),
              one.nats(),
              text("%.0f", one.steps))) {
        html.leaf("td", cell);
      }
      html.closeLine();
    }
    html.close();
  }
}
