package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Matrix;
import org.seal4j.eval.stats.Outcome;

/**
 * What a method keeps of passages that it takes in one after the other.
 *
 * @param method what is done against forgetting
 * @param cells what is answered about a passage after so many
 */
record Forgetting(SequenceMethod method, List<Cell> cells) {
  static final TableSchema SCHEMA =
      TableSchema.named("forgetting", 1)
          .column("method", ColumnType.STRING, "What is done against forgetting.")
          .column("sequence", ColumnType.INT32, "Number of the sequence, from 1.")
          .column("merged", ColumnType.INT32, "Passages taken in so far; 0: the model as it is.")
          .column("place", ColumnType.INT32, "Of the passage that is asked about, from 1.")
          .column("passage_id", ColumnType.STRING, "The passage.")
          .column("recall", ColumnType.FLOAT64, "Mean grade of the answers.")
          .column("f1", ColumnType.FLOAT64, "Mean F1 of the answers.")
          .column("gold_nll", ColumnType.FLOAT64, "Nats a token of the gold answers, their mean.")
          .build();

  Forgetting {
    cells = List.copyOf(cells);
  }

  /**
   * What is answered about one passage.
   *
   * @param sequence number, from 0
   * @param merged passages taken in so far
   * @param place of the passage in the sequence, from 1
   * @param recall mean grade of the answers
   * @param f1 mean of them
   * @param nats a token of the gold answers
   */
  record Cell(
      int sequence,
      int merged,
      int place,
      Passage passage,
      double recall,
      double f1,
      double nats) {}

  private int last() {
    return cells.stream().mapToInt(Cell::merged).max().orElse(0);
  }

  /** The model as it is, on all passages. */
  List<Cell> unedited() {
    return cells.stream().filter(cell -> cell.merged == 0).toList();
  }

  /** Each passage when it was taken in last. */
  List<Cell> justEdited() {
    return cells.stream().filter(cell -> cell.merged == cell.place).toList();
  }

  /** All passages after the last. */
  List<Cell> afterAll() {
    return cells.stream().filter(cell -> cell.merged == last()).toList();
  }

  /** By title, for intervals. */
  static List<Outcome> recall(List<Cell> cells) {
    return cells.stream().map(cell -> new Outcome(cell.passage.title(), cell.recall)).toList();
  }

  static double mean(List<Cell> cells, ToDoubleFunction<Cell> of) {
    return cells.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  /** Mean over sequences: rows are models, columns passages in their order. */
  Matrix matrix() {
    List<String> names = new ArrayList<>();
    List<List<Optional<Double>>> lines = new ArrayList<>();
    for (int merged = 0; merged <= last(); merged++) {
      names.add(merged == 0 ? "un-edited" : "after " + merged);
      List<Optional<Double>> line = new ArrayList<>();
      for (int place = 1; place <= last(); place++) {
        int row = merged;
        int column = place;
        List<Cell> here = cells.stream().filter(c -> c.merged == row && c.place == column).toList();
        line.add(here.isEmpty() ? Optional.empty() : Optional.of(mean(here, Cell::recall)));
      }
      lines.add(line);
    }
    return new Matrix(
        method.name(),
        names,
        IntStream.rangeClosed(1, last()).mapToObj(place -> "passage " + place).toList(),
        lines);
  }

  /** Rows of {@link #SCHEMA}. */
  List<Row> rows() {
    return cells.stream()
        .map(
            cell ->
                SCHEMA
                    .row()
                    .set("method", method.name())
                    .set("sequence", cell.sequence + 1)
                    .set("merged", cell.merged)
                    .set("place", cell.place)
                    .set("passage_id", cell.passage.id())
                    .set("recall", cell.recall)
                    .set("f1", cell.f1)
                    .set("gold_nll", cell.nats)
                    .build())
        .toList();
  }
}
