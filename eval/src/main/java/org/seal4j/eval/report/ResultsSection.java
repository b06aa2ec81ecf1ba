package org.seal4j.eval.report;

import java.util.List;
import org.seal4j.eval.stats.Interval;

/** The result table: one row per condition, with a bar and the whisker of its interval. */
final class ResultsSection {
  private ResultsSection() {}

  static void write(Html html, Results results) {
    html.open("section").leaf("h2", "Results");
    html.leaf("p", "Share of " + results.metric() + ".", "class", "quiet");
    html.open("table", "class", "results").open("thead").open("tr");
    html.leaf("th", "condition", "scope", "col", "class", "name");
    for (String column : List.of("share", "n", "95 % interval")) {
      html.leaf("th", column, "scope", "col", "class", "num");
    }
    html.open("th", "class", "bar", "aria-hidden", "true");
    scale(html);
    html.close().close().closeLine().open("tbody");
    results.conditions().forEach(condition -> row(html, condition, isHeadline(results, condition)));
    html.close().closeLine();
    sentences(html, results);
    html.closeLine();
  }

  private static boolean isHeadline(Results results, Condition condition) {
    return !results.comparisons().isEmpty()
        && results.comparisons().get(0).after().equals(condition.name());
  }

  private static void row(Html html, Condition condition, boolean headline) {
    Interval interval = condition.interval();
    html.open("tr", "class", headline ? "condition key" : "condition");
    html.leaf("th", condition.name(), "scope", "row", "class", "name");
    html.leaf("td", Figures.percent(condition.value()), "class", "num value");
    html.leaf("td", Integer.toString(condition.n()), "class", "num n");
    String range = Figures.points(interval.low()) + " – " + Figures.points(interval.high());
    html.leaf("td", range, "class", "num interval");
    html.open("td", "class", "bar");
    bar(html, condition);
    html.close().closeLine();
  }

  /** A bar over [0, 100 %] of the width with the interval as a whisker. */
  private static void bar(Html html, Condition condition) {
    String low = width(condition.interval().low());
    String high = width(condition.interval().high());
    html.open("svg", "class", "share", "aria-hidden", "true");
    for (String tick : List.of("0%", "25%", "50%", "75%", "100%")) {
      html.single("line", "class", "tick", "x1", tick, "x2", tick, "y1", "0", "y2", "100%");
    }
    html.single("rect", "y", "7", "width", width(condition.value()), "height", "14", "rx", "2");
    html.open("g", "class", "whisker");
    html.single("line", "x1", low, "x2", high, "y1", "14", "y2", "14");
    html.single("line", "x1", low, "x2", low, "y1", "9.5", "y2", "18.5");
    html.single("line", "x1", high, "x2", high, "y1", "9.5", "y2", "18.5");
    html.close().close();
  }

  private static void scale(Html html) {
    html.open("svg", "class", "scale");
    html.leaf("text", "0", "x", "0", "y", "12", "text-anchor", "start");
    html.leaf("text", "50", "x", "50%", "y", "12", "text-anchor", "middle");
    html.leaf("text", "100 %", "x", "100%", "y", "12", "text-anchor", "end");
    html.close();
  }

  private static void sentences(Html html, Results results) {
    if (results.comparisons().isEmpty() && results.gates().isEmpty()) {
      return;
    }
    html.open("ul", "class", "comparisons");
    results.comparisons().forEach(comparison -> html.leaf("li", comparison.sentence()));
    results.gates().forEach(gate -> html.leaf("li", gate.sentence()));
    html.close();
  }

  /** A share as a length: {@code "45.83%"}. */
  static String width(double share) {
    return Figures.coordinate(100 * share) + "%";
  }
}
