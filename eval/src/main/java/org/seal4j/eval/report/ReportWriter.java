package org.seal4j.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RunMark;

/**
 * Writes a {@link Report} as one HTML file that needs nothing else, with the {@link Proof} of its
 * bytes as a last comment.
 */
public final class ReportWriter {
  /** Title, style sheet and body; the policy forbids scripts and all loading. */
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"/>\
      <meta http-equiv="Content-Security-Policy" \
      content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"/>\
      <meta name="viewport" content="width=device-width, initial-scale=1"/>\
      <meta name="color-scheme" content="light dark"/>\
      <title>%s</title><style>%s</style></head>
      <body><main>%s</main>
      </body></html>
      """;

  private ReportWriter() {}

  /** Writes the page; the file is there as a whole or not at all. */
  public static void write(Report report, Path file) {
    write(report, "", file);
  }

  /**
   * The same for a run.
   *
   * @param run its identity ({@link RunMark}); empty for none
   */
  public static void write(Report report, String run, Path file) {
    String page = RunMark.intoHtml(html(report), run);
    Proof.writeText(file, page + "<!-- " + Proof.BLANK + " -->\n");
  }

  /**
   * Writes a page of sections alone, for what is no run: without a result table.
   *
   * @param kicker what kind of page it is, above the title
   * @param headline one sentence of what was found; may be empty
   * @param sections empty ones are left out
   */
  public static void writePage(
      String kicker, String title, String headline, List<Section> sections, Path file) {
    Html html = new Html();
    header(html, kicker, title, headline);
    sections.forEach(html::section);
    String page = PAGE.formatted(Html.escape(title), styleSheet(), html);
    Proof.writeText(file, page + "<!-- " + Proof.BLANK + " -->\n");
  }

  private static void header(Html html, String kicker, String title, String headline) {
    html.open("header").leaf("p", kicker, "class", "kicker");
    html.leaf("h1", title);
    if (!headline.isEmpty()) {
      html.leaf("p", headline, "class", "headline");
    }
    html.closeLine();
  }

  /** The page as text. */
  static String html(Report report) {
    Html html = new Html();
    header(html, "Seal4J run report", report.title(), report.headline());
    report.results().comparisons().stream()
        .findFirst()
        .ifPresent(comparison -> finding(html, comparison, report.results()));
    html.section(new ResultsSection(report.results()));
    report.sections().forEach(html::section);
    return PAGE.formatted(Html.escape(report.title()), styleSheet(), html);
  }

  /** The first paired difference, in large. */
  private static void finding(Html html, Comparison comparison, Results results) {
    html.open("section", "class", "finding").open("p", "class", "difference");
    html.leaf("strong", Numbers.signedPoints(comparison.difference().value()));
    html.leaf("span", " points").close().open("div");
    html.open("p").leaf("strong", comparison.after());
    html.text(" " + Numbers.percent(results.condition(comparison.after()).value()) + " against ");
    html.leaf("strong", comparison.before());
    html.text(" " + Numbers.percent(results.condition(comparison.before()).value())).close();
    html.note(
        "Paired over %s: 95 %% interval %s points%s; %s."
            .formatted(
                Numbers.count(comparison.difference().tasks(), comparison.unit()),
                Comparison.span(comparison.difference().interval()),
                comparison.overKinds(),
                comparison.verdict()));
    html.close().closeLine();
  }

  private static String styleSheet() {
    try (InputStream in = ReportWriter.class.getResourceAsStream("report.css")) {
      byte[] css = Objects.requireNonNull(in, "report.css is missing from the jar").readAllBytes();
      return new String(css, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
