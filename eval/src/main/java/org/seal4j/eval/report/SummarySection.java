package org.seal4j.eval.report;

import org.seal4j.eval.stats.Interval;

/** The top of the page: title, what was found, the paired difference. */
final class SummarySection {
  private SummarySection() {}

  static void write(Html html, Report report) {
    html.open("header").leaf("p", "Seal4J run report", "class", "kicker");
    html.leaf("h1", report.title());
    if (!report.headline().isEmpty()) {
      html.leaf("p", report.headline(), "class", "headline");
    }
    html.closeLine();
    report.results().comparisons().stream().findFirst().ifPresent(c -> finding(html, c, report));
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
}
