package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.report.PointChart;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;

/** What each row cost, and what it is worth at that cost. */
record CostSection(List<RowMeasures> measures, Map<String, CostOfRow> costs) {
  private static final String NOTE =
      "Tokens: of all rows of all steps of an adapter, without padding, mean over self-edits."
          + " CPU seconds: of this process, all threads together, a self-edit; of a row without an"
          + " adapter the examination alone; – where an earlier process did the work. Rounds before:"
          + " tokens of all adapters of the rounds that the policy has learned from, and the CPU"
          + " seconds of those rounds, its own learning among them.";

  /** The table of costs. */
  Section table() {
    return Section.of("Cost", this::write);
  }

  private void write(Html html) {
    html.note(NOTE);
    Cells cells = new Cells(html);
    cells.head(
        "",
        "n",
        "tokens",
        "CPU s",
        "writing",
        "teacher",
        "training + exam",
        "rounds: tokens",
        "rounds: CPU s");
    costs.forEach((label, cost) -> cells.row(label, row(cost)));
    cells.end();
  }

  private static List<String> row(CostOfRow cost) {
    List<String> row = new ArrayList<>();
    row.add("" + cost.edits());
    row.add(Cells.number("%,.0f", cost.tokens()));
    row.add(Cells.number("%.1f", cost.total()));
    for (CpuMeter.Part part :
        List.of(CpuMeter.Part.WRITING, CpuMeter.Part.TEACHER, CpuMeter.Part.TRAINING)) {
      row.add(Cells.number("%.1f", cost.seconds().getOrDefault(part, Double.NaN)));
    }
    boolean rounds = cost.loopTokens() > 0;
    row.add(rounds ? Cells.number("%,.0f", (double) cost.loopTokens()) : Cells.NONE);
    row.add(rounds ? Cells.number("%,.0f", cost.loopSeconds()) : Cells.NONE);
    return row;
  }

  /** Recall and F1 of every row over the tokens of its adapters. */
  Section chart() {
    List<PointChart.Point> points = new ArrayList<>();
    for (RowMeasures row : measures) {
      CostOfRow cost = costs.get(row.condition());
      if (cost != null) {
        points.add(
            new PointChart.Point(
                row.condition(),
                cost.tokens(),
                List.of(100 * row.recall().mean(), 100 * row.f1())));
      }
    }
    String note =
        "Rows cost alike where they stand one above the other. What the rounds of"
            + " reinforcement cost is not in the position of their rows: it is paid once, whatever"
            + " the number of passages.";
    return Sections.points(
        "Recall and F1 over training tokens",
        note,
        points.isEmpty()
            ? List.of()
            : List.of(
                new PointChart(
                    "What an adapter of a passage is worth at its cost",
                    "tokens that an adapter is trained on",
                    "% of questions",
                    List.of("token recall", "F1"),
                    points)));
  }
}
