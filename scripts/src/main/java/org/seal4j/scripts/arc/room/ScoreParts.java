package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.ClusteredMean;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.TaskShares;

/** The score part by part: what the prompt gives, the vote, the training, the policy's choice. */
final class ScoreParts {
  static final TableSchema SCHEMA =
      TableSchema.named("parts", 1)
          .column("condition", ColumnType.STRING, "Row of the result table; or a difference.")
          .column("tasks", ColumnType.INT32, "Held-out tasks.")
          .column("kinds", ColumnType.INT32, "Their kinds.")
          .nullable("pass_at_1", ColumnType.FLOAT64, "Share whose first attempt is right.")
          .column("pass_at_2", ColumnType.FLOAT64, "Share solved in two attempts.")
          .column("low", ColumnType.FLOAT64, "95 % interval of pass@2 by Student over kinds.")
          .column("high", ColumnType.FLOAT64, "Its other end.")
          .column("design_effect", ColumnType.FLOAT64, "Variance by kinds over the naive one.")
          .build();

  private static final String NOTE =
      "One prompt: the plain prompt alone, one attempt; the other rows vote over all prompts and"
          + " have two attempts (pass@2). Rows with one prompt have the same trainings as those"
          + " without. CPU seconds: of this process, a task, all threads together, writing the"
          + " self-edit included; – where an earlier process did the work. What the rounds cost is"
          + " not among them.";

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, ClusteredMean> differences = new LinkedHashMap<>();

  private record Line(String condition, double first, ClusteredMean solved, double cpu) {}

  /**
   * Of these conditions and pairs of them.
   *
   * @param pairs what is compared, each with a name for it
   */
  static ScoreParts of(
      Phases phases,
      List<String> conditions,
      Map<String, Pair> pairs,
      PhaseCost cost,
      Seeds seeds) {
    ScoreParts parts = new ScoreParts();
    for (String condition : conditions) {
      String phase = phases.conditions().getOrDefault(condition, "");
      List<EditRow> rows = phases.rows(phase);
      if (!rows.isEmpty()) {
        double first =
            rows.stream().mapToDouble(row -> row.outcome().firstReward()).average().orElse(0);
        ClusteredMean solved = TaskShares.of(rows).mean(seeds.child("bootstrap", condition));
        parts.lines.add(new Line(condition, first, solved, cost.perTask(phase, rows)));
      }
    }
    pairs.forEach(
        (name, pair) -> {
          List<EditRow> after = phases.rows(phases.conditions().getOrDefault(pair.after, ""));
          List<EditRow> before = phases.rows(phases.conditions().getOrDefault(pair.before, ""));
          if (!after.isEmpty() && !before.isEmpty()) {
            parts.differences.put(
                name + ": " + pair.after + " − " + pair.before,
                TaskShares.of(after).minus(TaskShares.of(before), seeds.child("bootstrap", name)));
          }
        });
    return parts;
  }

  /** Two conditions. */
  record Pair(String after, String before) {}

  List<Row> table() {
    List<Row> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(row(line.condition, line.first, line.solved)));
    differences.forEach((name, mean) -> rows.add(row(name, Double.NaN, mean)));
    return rows;
  }

  private static Row row(String name, double first, ClusteredMean mean) {
    return SCHEMA
        .row()
        .set("condition", name)
        .set("tasks", mean.effect().items())
        .set("kinds", mean.effect().clusters())
        .set("pass_at_1", Double.isNaN(first) ? null : first)
        .set("pass_at_2", mean.mean())
        .set("low", mean.byKinds().low())
        .set("high", mean.byKinds().high())
        .set("design_effect", mean.effect().value())
        .build();
  }

  Section section() {
    return Section.of(
        "Parts of the score",
        html -> {
          html.note(NOTE);
          Cells cells = new Cells(html);
          cells.head(
              "", "tasks", "pass@1", "pass@2", "95 % by kinds", "naive", "design effect", "CPU s");
          lines.forEach(
              line ->
                  cells.row(
                      line.condition,
                      List.of(
                          "" + line.solved.effect().items(),
                          Cells.share(line.first),
                          Cells.share(line.solved.mean()),
                          Cells.interval("%.1f", line.solved.byKinds(), 100),
                          Cells.interval("%.1f", line.solved.naive(), 100),
                          Cells.number("%.2f", line.solved.effect().value()),
                          Cells.number("%.2f", line.cpu))));
          cells.end();
          html.open("ul", "class", "comparisons");
          differences.forEach(
              (name, mean) -> html.leaf("li", name + ": " + RoomTable.points(mean) + "."));
          html.close();
        });
  }
}
