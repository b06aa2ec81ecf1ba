package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.Equivalence;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;

/**
 * Two rows and whether they are alike.
 *
 * @param after one
 * @param before the other
 * @param equivalence of their recall, title by title
 */
record Alike(String after, String before, Equivalence equivalence) {
  /** Largest difference that is none. */
  static final double MARGIN = 0.03;

  /** The same pairs that the table compares. */
  static List<Alike> of(Phases phases, List<ResultTable.Contrast> contrasts) {
    List<Alike> all = new ArrayList<>();
    for (ResultTable.Contrast contrast : contrasts) {
      Equivalence equivalence =
          Equivalence.of(
              outcomes(phases, contrast.after()), outcomes(phases, contrast.before()), MARGIN);
      all.add(new Alike(contrast.after(), contrast.before(), equivalence));
    }
    return all;
  }

  private static List<Outcome> outcomes(Phases phases, String label) {
    return phases.rows(phases.conditions().getOrDefault(label, "")).stream()
        .map(row -> new Outcome(row.key().contextId(), row.outcome().reward()))
        .toList();
  }

  /** A table of all of them. */
  static Section section(List<Alike> pairs) {
    return Section.of(
        "Alike within ± 3 points",
        html -> {
          if (pairs.isEmpty()) {
            return;
          }
          html.note(
              "Two one-sided tests at 5 % on the difference paired by title (Schuirmann 1987): two"
                  + " rows are alike where the 90 % interval lies within ± 3 points. A difference"
                  + " that is not significant shows nothing of the kind.");
          Cells cells = new Cells(html);
          cells.head("", "titles", "difference, points", "90 %", "alike");
          for (Alike pair : pairs) {
            cells.row(
                pair.after + " − " + pair.before,
                List.of(
                    "" + pair.equivalence.tasks(),
                    Cells.number("%+.1f", 100 * pair.equivalence.difference()),
                    Cells.interval("%.1f", pair.equivalence.interval(), 100),
                    pair.equivalence.shown() ? "yes" : "not shown"));
          }
          cells.end();
        });
  }
}
