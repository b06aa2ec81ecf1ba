package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.squad.SquadMetrics;
import org.seal4j.eval.stats.Outcome;

/**
 * What a method gives on a corpus of one size.
 *
 * @param size passages of the corpus
 * @param method what is compared
 * @param items every question that was asked
 * @param general what it does with questions about nothing known; null where it needs a passage
 * @param bytes on the disk beside the model
 * @param seconds CPU seconds a question; NaN where an earlier process did some of the work
 */
record CorpusRow(
    int size,
    Method method,
    List<Item> items,
    @Nullable General general,
    long bytes,
    double seconds) {
  static final TableSchema SCHEMA =
      TableSchema.named("methods", 1)
          .column("size", ColumnType.INT32, "Passages of the corpus.")
          .column("method", ColumnType.STRING, "What is compared.")
          .column("titles", ColumnType.INT32, "Passages that were asked about, a title each.")
          .column("questions", ColumnType.INT32, "Questions about them.")
          .column("recall", ColumnType.FLOAT64, "Grade of the answers, mean over titles.")
          .column("f1", ColumnType.FLOAT64, "F1, mean over titles.")
          .column("words", ColumnType.FLOAT64, "Words of an answer, mean over titles.")
          .nullable("gold_nll", ColumnType.FLOAT64, "Nats a token of the gold answers.")
          .nullable(
              "found_first",
              ColumnType.FLOAT64,
              "Share of questions where a passage needed came first.")
          .nullable("found", ColumnType.FLOAT64, "Share where all passages needed were taken.")
          .nullable("found_none", ColumnType.FLOAT64, "Share for which no passage was taken.")
          .nullable("general_sent", ColumnType.FLOAT64, "Share of general questions sent to one.")
          .nullable("general_recall", ColumnType.FLOAT64, "Share of these answered right.")
          .nullable("general_perplexity", ColumnType.FLOAT64, "Perplexity of the general text.")
          .column("bytes", ColumnType.INT64, "On the disk beside the model.")
          .build();

  static final TableSchema ANSWERS =
      TableSchema.named("answers", 1)
          .column("size", ColumnType.INT32, "Passages of the corpus.")
          .column("method", ColumnType.STRING, "What is compared.")
          .column("passage_id", ColumnType.STRING, "Passages that the question needs, a line each.")
          .column("question_id", ColumnType.STRING, "Id of the question.")
          .column("question", ColumnType.STRING, "As it was asked.")
          .column("gold", ColumnType.STRING, "The gold answer.")
          .column("found", ColumnType.STRING, "Passages that were taken, a line each.")
          .column("answer", ColumnType.STRING, "What was answered.")
          .column("grade", ColumnType.FLOAT64, "The grader's verdict on it, from 0 to 1.")
          .build();

  CorpusRow {
    items = List.copyOf(items);
  }

  /**
   * A question and its answer.
   *
   * @param about what it is about
   * @param found passages that the method took for it
   */
  record Item(Examined about, Question question, List<String> found, Ask.Reply reply) {
    Passage passage() {
      return about.passage();
    }

    double f1() {
      return SquadMetrics.f1(question.answers(), reply.answer());
    }
  }

  /**
   * Questions about nothing known, and a text.
   *
   * @param sent share of the questions that some passage was taken for; empty where none can be
   * @param recall share that was answered right
   * @param perplexity of the text; NaN where it was not measured
   */
  record General(OptionalDouble sent, double recall, double perplexity) {}

  /** As the table calls it. */
  String label() {
    return label(method, size);
  }

  static String label(Method method, int size) {
    return method.name() + ", " + Amount.of(size, "passage");
  }

  /** Whether the method chooses passages. */
  boolean finds() {
    return method instanceof Method.Retrieval || method instanceof Method.Routed;
  }

  /** Mean over the questions of each title. */
  private List<Outcome> perTitle(ToDoubleFunction<Item> of) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Item item : items) {
      values
          .computeIfAbsent(item.passage().title(), title -> new ArrayList<>())
          .add(of.applyAsDouble(item));
    }
    List<Outcome> outcomes = new ArrayList<>();
    values.forEach(
        (title, all) ->
            outcomes.add(
                new Outcome(
                    title, all.stream().mapToDouble(Double::doubleValue).average().orElseThrow())));
    return outcomes;
  }

  /** The grade of each title. */
  List<Outcome> recall() {
    return perTitle(item -> item.reply.grade());
  }

  private double mean(ToDoubleFunction<Item> of) {
    return perTitle(of).stream().mapToDouble(Outcome::value).average().orElseThrow();
  }

  double f1() {
    return mean(Item::f1);
  }

  double words() {
    return mean(
        item ->
            item.reply.answer().isBlank()
                ? 0
                : item.reply.answer().strip().split("\\s+", -1).length);
  }

  /** Nats a token of the gold answers; empty where passages are in sight. */
  OptionalDouble nats() {
    return method instanceof Method.InContext || method instanceof Method.Retrieval
        ? OptionalDouble.empty()
        : OptionalDouble.of(mean(item -> item.reply.negLogLikelihood()));
  }

  private OptionalDouble share(Predicate<Item> of) {
    return finds()
        ? OptionalDouble.of((double) items.stream().filter(of).count() / items.size())
        : OptionalDouble.empty();
  }

  /** Share of the questions for which a passage that they need is the first that was found. */
  OptionalDouble foundFirst() {
    return share(item -> !item.found.isEmpty() && item.about.sources().contains(item.found.get(0)));
  }

  OptionalDouble found() {
    return share(item -> item.found.containsAll(item.about.sources()));
  }

  OptionalDouble foundNone() {
    return share(item -> item.found.isEmpty());
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  Row row() {
    return SCHEMA
        .row()
        .set("size", size)
        .set("method", method.name())
        .set("titles", recall().size())
        .set("questions", items.size())
        .set("recall", mean(item -> item.reply.grade()))
        .set("f1", f1())
        .set("words", words())
        .set("gold_nll", orNull(nats()))
        .set("found_first", orNull(foundFirst()))
        .set("found", orNull(found()))
        .set("found_none", orNull(foundNone()))
        .set("general_sent", general == null ? null : orNull(general.sent))
        .set("general_recall", general == null ? null : general.recall)
        .set(
            "general_perplexity",
            general == null || Double.isNaN(general.perplexity) ? null : general.perplexity)
        .set("bytes", bytes)
        .build();
  }

  /** A row of {@link #ANSWERS} for each question. */
  List<Row> answers() {
    return items.stream()
        .map(
            item ->
                ANSWERS
                    .row()
                    .set("size", size)
                    .set("method", method.name())
                    .set("passage_id", String.join("\n", item.about.sources()))
                    .set("question_id", item.question.id())
                    .set("question", item.question.text())
                    .set("gold", item.question.gold())
                    .set("found", String.join("\n", item.found))
                    .set("answer", item.reply.answer())
                    .set("grade", item.reply.grade())
                    .build())
        .toList();
  }
}
