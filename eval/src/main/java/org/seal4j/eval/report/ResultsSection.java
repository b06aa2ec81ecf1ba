package org.seal4j.eval.report;

import java.util.List;

/** The result table: one row per condition, with a bar and the whisker of its interval. */
record ResultsSection(String title, Results results) implements Section {
  ResultsSection(Results results) {
    this("Results", results);
  }

  @Override
  public void write(Html html) {
    html.note("Share of " + results.metric() + ".");
    html.open("table", "class", "results").open("thead").open("tr");
    html.leaf("th", "condition", "scope", "col", "class", "name");
    for (String column : List.of("share", "n", "95 % interval")) {
      html.leaf("th", column, "scope", "col", "class", "num");
    }
    html.open("th", "class", "bar", "aria-hidden", "true").open("svg", "class", "scale");
    html.leaf("text", "0", "x", 0, "y", 12, "text-anchor", "start");
    html.leaf("text", "50", "x", "50%", "y", 12, "text-anchor", "middle");
    html.leaf("text", "100 %", "x", "100%", "y", 12, "text-anchor", "end");
    html.close().close().close().closeLine().open("tbody");
    results.conditions().forEach(condition -> row(html, condition));
    html.close().closeLine();
    if (!results.comparisons().isEmpty() || !results.gates().isEmpty()) {
      html.open("ul", "class", "comparisons");
      results.sentences().forEach(sentence -> html.leaf("li", sentence));
      html.close();
    }
  }

  private void row(Html html, Condition condition) {
    boolean headline =
        results.comparisons().stream()
            .limit(1)
            .anyMatch(first -> first.after().equals(condition.name()));
    html.open("tr", "class", headline ? "condition key" : "condition");
    html.leaf("th", condition.name(), "scope", "row", "class", "name");
    html.leaf("td", Numbers.percent(condition.value()), "class", "num value");
    html.leaf("td", Integer.toString(condition.n()), "class", "num n");
    String low = Numbers.points(condition.interval().low());
    String high = Numbers.points(condition.interval().high());
    html.leaf("td", low + " – " + high, "class", "num interval");
    html.open("td", "class", "bar");
    bar(html, condition);
    html.close().closeLine();
  }

  /** A bar over [0, 100 %] of the width with the interval as a whisker. */
  private static void bar(Html html, Condition condition) {
    String low = Numbers.width(condition.interval().low());
    String high = Numbers.width(condition.interval().high());
    html.open("svg", "class", "share", "aria-hidden", "true");
    for (String tick : List.of("0%", "25%", "50%", "75%", "100%")) {
      html.shape("line", "class", "tick", "x1", tick, "x2", tick, "y1", 0, "y2", "100%");
    }
    html.shape("rect", "y", 7, "width", Numbers.width(condition.value()), "height", 14, "rx", 2);
    html.open("g", "class", "whisker");
    html.shape("line", "x1", low, "x2", high, "y1", 14, "y2", 14);
    html.shape("line", "x1", low, "x2", low, "y1", 9.5, "y2", 18.5);
    html.shape("line", "x1", high, "x2", high, "y1", 9.5, "y2", 18.5);
    html.close().close();
  }
}
