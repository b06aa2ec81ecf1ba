package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;

/**
 * The noise of a finished run by its parts, as the power table of the next one takes it. Variances
 * are pooled; of what a run has none, there is no figure.
 *
 * @param edits between self-edits of one passage, trainings' own noise taken off
 * @param repeats between trainings of one self-edit
 * @param titles of the difference of two rows between titles, all other noise taken off
 * @param questions of that difference between questions of one title
 */
record NoiseFound(Part edits, Part repeats, Part titles, Part questions) {
  /**
   * A standard deviation.
   *
   * @param recall of token recall; NaN where there is none
   * @param dense of the likelihood of the gold answers, in nats a token; NaN where there is none
   * @param n degrees of freedom behind it
   */
  record Part(double recall, double dense, int n) {}

  /** Sum of squares with its degrees of freedom. */
  private static final class Pool {
    private double squares;
    private int freedom;

    /** Values around their own mean. */
    void add(List<Double> values) {
      double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      values.forEach(value -> squares += (value - mean) * (value - mean));
      freedom += Math.max(0, values.size() - 1);
    }

    double variance() {
      return freedom == 0 ? Double.NaN : squares / freedom;
    }
  }

  private static double root(double variance) {
    return Double.isNaN(variance) ? Double.NaN : Math.sqrt(Math.max(0, variance));
  }

  /** Of a run. */
  static NoiseFound of(
      Phases phases, List<ResultTable.Contrast> contrasts, Map<String, Passage> evaluated) {
    ToDoubleFunction<EditRow> recall = row -> row.outcome().reward();
    ToDoubleFunction<EditRow> dense = row -> -row.outcome().negLogLikelihood();
    Pool editRecall = within(phases, recall);
    Pool editDense = within(phases, dense);
    Pool repeatRecall = again(phases, recall);
    Pool repeatDense = again(phases, dense);
    double repeat = repeatRecall.variance();
    // A single training's noise is part of what single trainings of several edits differ by.
    double edit = editRecall.variance() - orNone(repeatRecall);
    double denseEdit = editDense.variance() - orNone(repeatDense);
    Pool questions = new Pool();
    Pool titles = new Pool();
    double edits = 0;
    double perTitle = 0;
    int count = 0;
    for (ResultTable.Contrast contrast : contrasts) {
      List<EditRow> after = rows(phases, contrast.after());
      List<EditRow> before = rows(phases, contrast.before());
      double written = written(after) + written(before);
      List<List<Double>> differences = differences(after, before, evaluated);
      titles.add(differences.stream().map(NoiseFound::mean).toList());
      for (List<Double> title : differences) {
        questions.add(title);
        edits += written;
        perTitle += 1.0 / title.size();
        count++;
      }
    }
    double others =
        (orNone(editRecall) * edits + orNone(questions) * perTitle) / Math.max(1, count);
    return new NoiseFound(
        new Part(root(edit), root(denseEdit), editRecall.freedom),
        new Part(root(repeat), root(repeatDense.variance()), repeatRecall.freedom),
        new Part(root(titles.variance() - others), Double.NaN, titles.freedom),
        new Part(root(questions.variance()), Double.NaN, questions.freedom));
  }

  /** A variance that is taken off another: nothing where it was not measured. */
  private static double orNone(Pool pool) {
    return pool.freedom == 0 ? 0 : pool.variance();
  }

  /** 1 where the policy wrote these edits, so that they differ by what it wrote, else 0. */
  private static double written(List<EditRow> rows) {
    return rows.stream().anyMatch(row -> row.draft().attempts() > 0) ? 1 : 0;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Edits of one passage in one round. */
  private static Pool within(Phases phases, ToDoubleFunction<EditRow> value) {
    Pool pool = new Pool();
    for (RoundResult round : phases.rounds()) {
      Map<String, List<Double>> passages = new LinkedHashMap<>();
      for (EditRow row : round.rows()) {
        if (row.isExamined() && Double.isFinite(value.applyAsDouble(row))) {
          passages
              .computeIfAbsent(row.key().contextId(), id -> new ArrayList<>())
              .add(value.applyAsDouble(row));
        }
      }
      passages.values().forEach(pool::add);
    }
    return pool;
  }

  /** Both trainings of edits that were examined twice. */
  private static Pool again(Phases phases, ToDoubleFunction<EditRow> value) {
    Pool pool = new Pool();
    for (RoundResult round : phases.rounds()) {
      for (EditRow again : round.reexamined()) {
        for (EditRow first : round.rows()) {
          if (first.key().contextId().equals(again.key().contextId())
              && first.key().index() == again.key().index()
              && Double.isFinite(value.applyAsDouble(first))
              && Double.isFinite(value.applyAsDouble(again))) {
            pool.add(List.of(value.applyAsDouble(first), value.applyAsDouble(again)));
          }
        }
      }
    }
    return pool;
  }

  private static List<EditRow> rows(Phases phases, String label) {
    return phases.rows(phases.conditions().getOrDefault(label, ""));
  }

  /** Of each title the differences in recall, question by question, of the first edits. */
  private static List<List<Double>> differences(
      List<EditRow> after, List<EditRow> before, Map<String, Passage> passages) {
    Map<String, EditRow> others = new HashMap<>();
    before.forEach(row -> others.putIfAbsent(row.key().contextId(), row));
    List<List<Double>> all = new ArrayList<>();
    for (EditRow row : after) {
      EditRow other = others.remove(row.key().contextId());
      Passage passage = passages.get(row.key().contextId());
      if (other != null && passage != null) {
        List<String> answers = row.outcome().answers();
        List<String> than = other.outcome().answers();
        List<Double> title = new ArrayList<>();
        for (int i = 0; i < Math.min(answers.size(), than.size()); i++) {
          TokenRecall grader = TokenRecall.calibrated();
          title.add(
              grader.grade(passage.questions().get(i), answers.get(i))
                  - grader.grade(passage.questions().get(i), than.get(i)));
        }
        if (!title.isEmpty()) {
          all.add(title);
        }
      }
    }
    return all;
  }

  Section section() {
    return Section.of(
        "Noise",
        html -> {
          html.note(
              "Standard deviations found in this run, pooled; n counts degrees of freedom. Those of a"
                  + " run on development titles are the keys noise of the next one. Between"
                  + " trainings there is a figure where loop.reexamine is above 0.");
          Cells cells = new Cells(html);
          cells.head("", "n", "recall", "nats a token");
          row(cells, "between self-edits of a passage", edits);
          row(cells, "between trainings of a self-edit", repeats);
          row(cells, "of a difference, between titles", titles);
          row(cells, "of a difference, between questions", questions);
          cells.end();
        });
  }

  private static void row(Cells cells, String name, Part part) {
    cells.row(
        name,
        List.of("" + part.n, Cells.number("%.3f", part.recall), Cells.number("%.3f", part.dense)));
  }
}
