package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.ClusteredMean;
import org.seal4j.eval.stats.Interval;

/**
 * Ways to choose a configuration, each with what it solves, task by task, and differences of some
 * of them.
 */
final class RoomTable {
  static final TableSchema SCHEMA =
      TableSchema.named("room", 1)
          .column("choice", ColumnType.STRING, "How the configuration of a task is chosen.")
          .column("tasks", ColumnType.INT32, "Held-out tasks.")
          .column("kinds", ColumnType.INT32, "Their kinds.")
          .column("value", ColumnType.FLOAT64, "Share solved in two attempts; or a difference.")
          .column("low", ColumnType.FLOAT64, "95 % interval by Student over kinds.")
          .column("high", ColumnType.FLOAT64, "Its other end.")
          .column("bootstrap_low", ColumnType.FLOAT64, "95 % interval, kinds drawn anew.")
          .column("bootstrap_high", ColumnType.FLOAT64, "Its other end.")
          .column("naive_low", ColumnType.FLOAT64, "95 % interval, tasks independent.")
          .column("naive_high", ColumnType.FLOAT64, "Its other end.")
          .column("design_effect", ColumnType.FLOAT64, "Variance by kinds over the naive one.")
          .build();

  private final String title;
  private final String note;
  private final List<String> kinds;
  private final Seeds seeds;
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, ClusteredMean> rows = new LinkedHashMap<>();
  private final Map<String, ClusteredMean> differences = new LinkedHashMap<>();

  /**
   * @param kinds of the held-out tasks, in the order of all values
   * @param seeds of the bootstraps
   */
  RoomTable(String title, String note, List<String> kinds, Seeds seeds) {
    this.title = title;
    this.note = note;
    this.kinds = kinds;
    this.seeds = seeds;
  }

  /** A way to choose, with what it solves of each task. */
  void add(String name, double[] shares) {
    values.put(name, shares);
    rows.put(name, ClusteredMean.ofShares(kinds, shares, seeds.child("bootstrap", name)));
  }

  /** A difference of two of them, paired by task. */
  ClusteredMean difference(String after, String before) {
    String name = after + " − " + before;
    ClusteredMean known = differences.get(name);
    if (known == null) {
      known =
          ClusteredMean.ofDifferences(kinds, of(after), of(before), seeds.child("bootstrap", name));
      differences.put(name, known);
    }
    return known;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** What one way solves of each task. */
  double[] of(String name) {
    return Checks.present(values.get(name), "there is no row called %s", name);
  }

  Map<String, ClusteredMean> rows() {
    return rows;
  }

  List<Row> table() {
    List<Row> all = new ArrayList<>();
    rows.forEach((name, mean) -> all.add(row(name, mean)));
    differences.forEach((name, mean) -> all.add(row(name, mean)));
    return all;
  }

  private static Row row(String name, ClusteredMean mean) {
    return SCHEMA
        .row()
        .set("choice", name)
        .set("tasks", mean.effect().items())
        .set("kinds", mean.effect().clusters())
        .set("value", mean.mean())
        .set("low", mean.byKinds().low())
        .set("high", mean.byKinds().high())
        .set("bootstrap_low", mean.bootstrapped().low())
        .set("bootstrap_high", mean.bootstrapped().high())
        .set("naive_low", mean.naive().low())
        .set("naive_high", mean.naive().high())
        .set("design_effect", mean.effect().value())
        .build();
  }

  /** {@code +12.0 points [3.1, 20.9]}. */
  static String points(ClusteredMean difference) {
    return signed(difference.mean())
        + " points ["
        + signed(difference.byKinds().low())
        + ", "
        + signed(difference.byKinds().high())
        + "]";
  }

  private static String signed(double share) {
    return Cells.number("%+.1f", 100 * share);
  }

  /** Both parts on the page. */
  Section section(List<String> sentences) {
    return Section.of(
        title,
        html -> {
          if (rows.isEmpty()) {
            return;
          }
          html.note(note);
          Cells cells = new Cells(html);
          cells.head(
              "",
              "tasks",
              "kinds",
              "solved",
              "95 % by kinds",
              "bootstrap",
              "naive",
              "design effect");
          rows.forEach(
              (name, mean) -> {
                List<String> row =
                    new ArrayList<>(
                        List.of("" + mean.effect().items(), "" + mean.effect().clusters()));
                row.addAll(cells(mean, "%.1f", true));
                cells.row(name, row);
              });
          cells.end();
          if (!differences.isEmpty()) {
            Cells paired = new Cells(html);
            paired.head(
                "paired difference, points",
                "points",
                "95 % by kinds",
                "bootstrap",
                "naive",
                "design effect");
            differences.forEach((name, mean) -> paired.row(name, cells(mean, "%+.1f", false)));
            paired.end();
          }
          html.open("ul", "class", "comparisons");
          sentences.forEach(sentence -> html.leaf("li", sentence));
          html.close();
        });
  }

  private static List<String> cells(ClusteredMean mean, String format, boolean share) {
    return List.of(
        share
            ? String.format(Locale.ROOT, "%.1f %%", 100 * mean.mean())
            : Cells.number(format, 100 * mean.mean()),
        interval(format, mean.byKinds()),
        interval(format, mean.bootstrapped()),
        interval(format, mean.naive()),
        Cells.number("%.2f", mean.effect().value()));
  }

  private static String interval(String format, Interval interval) {
    return Cells.interval(format, interval, 100);
  }
}
