package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.squad.SquadMetrics;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.eval.stats.DesignEffect;
import org.seal4j.eval.stats.Interval;
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
 * @param cost what the row cost
 * @param general what its adapters can do besides; null where they were not asked
 */
record RowMeasures(
    String condition,
    DesignEffect recall,
    double f1,
    double words,
    double negLogLikelihood,
    double steps,
    CostOfRow cost,
    @Nullable GeneralScore general) {
  static final TableSchema SCHEMA =
      TableSchema.named("measures", 2)
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
          .column("tokens", ColumnType.FLOAT64, "Mean tokens that an adapter was trained on.")
          .column("loop_tokens", ColumnType.INT64, "The same of all adapters of rounds before.")
          .nullable("general_recall", ColumnType.FLOAT64, "Share of the general questions right.")
          .nullable("general_perplexity", ColumnType.FLOAT64, "Perplexity of the general text.")
          .nullable("general_adapters", ColumnType.INT32, "Adapters that were asked these.")
          .build();

  private static final TokenRecall RECALL = TokenRecall.calibrated();

  /** The same of every condition that has an answer. */
  static List<RowMeasures> of(
      Phases phases,
      List<PassageContext> evaluated,
      Map<String, CostOfRow> costs,
      Map<String, GeneralScore> general) {
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
                CostOfRow cost =
                    Checks.present(costs.get(label), "the cost of %s is missing", label);
                all.add(of(label, rows, passages, cost, general.get(label)));
              }
            });
    return all;
  }

  private static RowMeasures of(
      String label,
      List<EditRow> rows,
      Map<String, Passage> passages,
      CostOfRow cost,
      @Nullable GeneralScore general) {
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
        rows.stream().mapToDouble(row -> row.outcome().training().steps()).average().orElse(0),
        cost,
        general);
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
    return Cells.number("%.2f", negLogLikelihood);
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
        .set("tokens", cost.tokens())
        .set("loop_tokens", cost.loopTokens())
        .set("general_recall", general == null ? null : general.recall())
        .set("general_perplexity", general == null ? null : general.perplexity())
        .set("general_adapters", general == null ? null : general.adapters())
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

  private static String adapters(List<RowMeasures> all) {
    int most =
        all.stream()
            .mapToInt(one -> one.general == null ? 0 : one.general.adapters())
            .max()
            .orElse(0);
    return Amount.of(most, "passage");
  }

  /** A table for the page. */
  static void write(List<RowMeasures> all, Html html) {
    String note =
        "Over questions, so that passages with many count more than in the table above. The interval"
            + " takes questions for independent; by titles the variance is the design effect times"
            + " as large. Nats: of a token of the gold answers. Tokens: that an adapter was trained on."
            + " General: share of forty questions about the world that are answered right with the"
            + " adapters of the first passages (%s), and the perplexity of a text that no passage is"
            + " about.";
    html.note(note.formatted(adapters(all)));
    Cells cells = new Cells(html);
    cells.head(
        "",
        "n",
        "titles",
        "recall",
        "95 %",
        "design effect",
        "F1",
        "words",
        "nats",
        "steps",
        "tokens",
        "general",
        "perplexity");
    all.forEach(one -> cells.row(one.condition, one.cells()));
    cells.end();
  }

  private List<String> cells() {
    Interval naive = recall.naiveInterval();
    Interval shown = new Interval(Math.max(0, naive.low()), Math.min(1, naive.high()));
    return List.of(
        "" + recall.items(),
        "" + recall.clusters(),
        Cells.share(recall.mean()),
        Cells.interval("%.1f", shown, 100),
        Cells.number("%.2f", recall.value()),
        Cells.share(f1),
        Cells.number("%.1f", words),
        nats(),
        Cells.number("%.0f", steps),
        Cells.number("%,.0f", cost.tokens()),
        general == null ? Cells.NONE : Cells.share(general.recall()),
        general == null ? Cells.NONE : Cells.number("%.2f", general.perplexity()));
  }
}
