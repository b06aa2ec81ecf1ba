package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seal4j.eval.report.Matrix;
import org.seal4j.eval.stats.Outcome;

/**
 * What one mode did over all sequences.
 *
 * @param mode against forgetting
 * @param rows of all its sequences
 */
record ModeFigures(Mode mode, List<StepRow> rows) {
  ModeFigures {
    rows = List.copyOf(rows);
  }

  static ModeFigures of(Mode mode, List<StepRow> all) {
    return new ModeFigures(mode, all.stream().filter(row -> row.mode() == mode).toList());
  }

  private int last() {
    return rows.stream().mapToInt(StepRow::step).max().orElse(0);
  }

  /** The un-edited model on all passages. */
  List<Outcome> unedited() {
    return cells(0);
  }

  /** The model after all passages on all of them. */
  List<Outcome> afterAll() {
    return cells(last());
  }

  /** Each passage right after its training. */
  List<Outcome> justEdited() {
    List<Outcome> outcomes = new ArrayList<>();
    for (StepRow row : rows) {
      if (row.step() > 0) {
        outcomes.add(new Outcome(task(row), row.justEdited()));
      }
    }
    return outcomes;
  }

  /** Prior knowledge after all passages. */
  List<Outcome> priorKnowledge() {
    List<Outcome> outcomes = new ArrayList<>();
    for (StepRow row : rows) {
      if (row.step() == last()) {
        outcomes.add(new Outcome(task(row), row.priorKnowledge().orElseThrow()));
      }
    }
    return outcomes;
  }

  private List<Outcome> cells(int step) {
    List<Outcome> outcomes = new ArrayList<>();
    for (StepRow row : rows) {
      if (row.step() == step) {
        row.shares().forEach(share -> outcomes.add(new Outcome(task(row), share)));
      }
    }
    return outcomes;
  }

  private static String task(StepRow row) {
    return "sequence " + row.sequence();
  }

  static double mean(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::value).average().orElse(0);
  }

  /** Mean share by how many passages came after, 0 for the one trained on last. */
  List<Double> byAge() {
    List<Double> means = new ArrayList<>();
    for (int age = 0; age < last(); age++) {
      double sum = 0;
      int n = 0;
      for (StepRow row : rows) {
        if (row.step() > age) {
          sum += row.shares().get(row.step() - 1 - age);
          n++;
        }
      }
      means.add(n == 0 ? 0 : sum / n);
    }
    return means;
  }

  /** Mean over sequences: rows are models, columns passages in their order. */
  Matrix matrix() {
    int passages = last();
    List<String> names = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<List<Optional<Double>>> cells = new ArrayList<>();
    for (int step = 0; step <= passages; step++) {
      names.add(step == 0 ? "un-edited" : "after " + step);
      List<Optional<Double>> line = new ArrayList<>();
      for (int column = 0; column < passages; column++) {
        line.add(cell(step, column));
      }
      cells.add(line);
    }
    for (int column = 1; column <= passages; column++) {
      columns.add("passage " + column);
    }
    return new Matrix(mode.label(), names, columns, cells);
  }

  private Optional<Double> cell(int step, int column) {
    double sum = 0;
    int n = 0;
    for (StepRow row : rows) {
      if (row.step() == step && column < row.shares().size()) {
        sum += row.shares().get(column);
        n++;
      }
    }
    return n == 0 ? Optional.empty() : Optional.of(sum / n);
  }

  /** For a person. */
  String sentence() {
    List<StepRow> trained = rows.stream().filter(row -> row.step() > 0).toList();
    double edited = mean(justEdited());
    double kept = edited > 0 ? mean(afterAll()) / edited : 0;
    return String.format(
        Locale.ROOT,
        "%s: %.0f %% of what was right just after an edit is right after all %d, %.0f optimizer"
            + " steps per passage, mean scale of a merge %.2f, %d of %d merges refused",
        mode.label(),
        100 * kept,
        last(),
        trained.stream().mapToInt(StepRow::steps).average().orElse(0),
        trained.stream().mapToDouble(StepRow::scale).average().orElse(0),
        trained.stream().filter(row -> row.scale() == 0).count(),
        trained.size());
  }
}
