package org.seal4j.eval.report;

import java.util.List;
import org.seal4j.eval.stats.Interval;

/** The top of the page: title, what was found, the paired difference, what was run. */
final class SummarySection {
  private static final int WIDE = 60;

  private SummarySection() {}

  static void write(Html html, Report report) {
    html.open("header").leaf("p", "Seal4J run report", "class", "kicker");
    html.leaf("h1", report.title());
    if (!report.headline().isEmpty()) {
      html.leaf("p", report.headline(), "class", "headline");
    }
    html.closeLine();
    report.results().comparisons().stream().findFirst().ifPresent(c -> finding(html, c, report));
    if (!report.facts().isEmpty()) {
      html.open("section").leaf("h2", "What was run");
      facts(html, report.facts());
      html.closeLine();
    }
  }

  /** The first paired difference, in large. */
  private static void finding(Html html, Comparison comparison, Report report) {
    Results results = report.results();
    Interval interval = comparison.difference().interval();
    html.open("section", "class", "finding");
    html.open("p", "class", "difference");
    html.leaf("strong", Figures.signedPoints(comparison.difference().value()));
    html.leaf("span", " points").close();
    html.open("div");
    html.open("p").leaf("strong", comparison.after());
    html.text(" " + Figures.percent(results.condition(comparison.after()).value()) + " against ");
    html.leaf("strong", comparison.before());
    html.text(" " + Figures.percent(results.condition(comparison.before()).value())).close();
    html.open("p", "class", "quiet");
    html.text(
        "Paired over %s: 95 %% interval %s to %s points; %s."
            .formatted(
                Figures.count(comparison.difference().tasks(), "task"),
                Figures.signedPoints(interval.low()),
                Figures.signedPoints(interval.high()),
                comparison.verdict()));
    html.close().close().closeLine();
  }

  /** A list of "name: value" in columns. */
  static void facts(Html html, List<Fact> facts) {
    html.open("dl", "class", "facts");
    for (Fact fact : facts) {
      boolean wide = fact.value().length() > WIDE;
      html.open("div", "class", wide ? "wide" : "").leaf("dt", fact.name());
      html.leaf("dd", fact.value()).closeLine();
    }
    html.close();
  }
}
