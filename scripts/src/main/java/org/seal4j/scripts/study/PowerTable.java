package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.seal4j.data.check.Amount;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.DetectableDifference;

/**
 * The smallest difference of two rows that so many titles with so many questions show with
 * probability .8, fixed before anything is measured.
 *
 * @param rows of the table, fewest titles first
 * @param own what the run itself can show
 * @param noise that they are computed from
 */
record PowerTable(List<Size> rows, Size own, NoiseKeys noise) {
  static final TableSchema SCHEMA =
      TableSchema.named("power", 1)
          .column("titles", ColumnType.INT32, "Passages, one of each title.")
          .column("questions", ColumnType.INT32, "Questions of each.")
          .column("edits", ColumnType.INT32, "Self-edits of each in a row.")
          .column("smallest", ColumnType.FLOAT64, "Difference in recall shown with power .8.")
          .build();

  private static final double POWER = 0.8;
  private static final List<Integer> TITLES = List.of(10, 20, 40, 80);
  private static final List<Integer> QUESTIONS = List.of(3, 5, 8);

  /**
   * One size of an experiment.
   *
   * @param smallest difference in recall; above 1 or no number where none can be shown
   */
  record Size(int titles, int questions, int edits, double smallest) {}

  /** For the passages of a plan. */
  static PowerTable of(StudyPlan plan, StudyKeys recipe) {
    DetectableDifference noise = recipe.noise().difference();
    int titles = plan.evaluated().size();
    int all =
        plan.evaluated().stream().mapToInt(context -> context.passage().questions().size()).sum();
    int questions = Math.max(1, Math.round((float) all / plan.evaluated().size()));
    int edits = recipe.evaluate().editsPerContext();
    TreeSet<Integer> sizes = new TreeSet<>(TITLES);
    sizes.add(titles);
    TreeSet<Integer> counts = new TreeSet<>(QUESTIONS);
    counts.add(questions);
    List<Size> rows = new ArrayList<>();
    for (int n : sizes) {
      for (int k : counts) {
        rows.add(size(noise, n, k, edits));
      }
    }
    return new PowerTable(rows, size(noise, titles, questions, edits), recipe.noise());
  }

  private static Size size(DetectableDifference noise, int n, int k, int e) {
    return new Size(n, k, e, n < 2 ? Double.NaN : noise.smallest(n, k, e, POWER));
  }

  List<Row> table() {
    return rows.stream()
        .map(
            size ->
                SCHEMA
                    .row()
                    .set("titles", size.titles)
                    .set("questions", size.questions)
                    .set("edits", size.edits)
                    .set("smallest", size.smallest)
                    .build())
        .toList();
  }

  /** Of the table as text: what was fixed beforehand. */
  String sha256() {
    StringBuilder text = new StringBuilder(noise.toString());
    rows.forEach(size -> text.append('\n').append(size));
    return ContentHash.ofText(text.toString());
  }

  /** For the console, before the work. */
  String sentence() {
    return "power: %s with about %s each and %s a row can show a difference of %s with probability .8 (table %s)"
        .formatted(
            Amount.of(own.titles, "title"),
            Amount.of(own.questions, "question"),
            Amount.of(own.edits, "self-edit"),
            own.smallest <= 1 ? points(own) + " points" : "no size",
            sha256().substring(0, 12));
  }

  /** In points of recall; none where it is more than there are. */
  private static String points(Size size) {
    return size.smallest <= 1 ? Cells.number("%.1f", 100 * size.smallest) : Cells.NONE;
  }

  Section section() {
    return Section.of(
        "Power",
        html -> {
          html.note(
              "Fixed before the run: the smallest difference in recall, in points, that a paired test"
                  + " over titles at 5 % shows with probability .8, with "
                  + Amount.of(own.edits, "self-edit")
                  + " a row and passage. SHA-256 "
                  + sha256()
                  + ". Noise: "
                  + noise.source()
                  + ".");
          Cells cells = new Cells(html);
          List<Integer> counts = rows.stream().map(Size::questions).distinct().toList();
          List<String> heads = new ArrayList<>(List.of(""));
          counts.forEach(k -> heads.add(k + " questions"));
          cells.head(heads.toArray(String[]::new));
          for (int n : rows.stream().map(Size::titles).distinct().toList()) {
            cells.row(
                Amount.of(n, "title") + (n == own.titles ? " (this run)" : ""),
                rows.stream().filter(size -> size.titles == n).map(PowerTable::points).toList());
          }
          cells.end();
        });
  }
}
