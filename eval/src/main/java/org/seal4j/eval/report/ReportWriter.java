package org.seal4j.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.seal4j.data.file.AtomicFile;

/** Writes a {@link Report} as one HTML file that needs nothing else. */
public final class ReportWriter {
  /** Forbids scripts and all loading, whatever the page may hold. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private ReportWriter() {}

  /** Writes the page; the file is there as a whole or not at all. */
  public static void write(Report report, Path file) {
    AtomicFile.writeText(file, html(report));
  }

  /** The page as text. */
  static String html(Report report) {
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
    head(html, report.title());
    html.open("body").open("main");
    SummarySection.write(html, report);
    ResultsSection.write(html, report.results());
    CurvesSection.write(html, report.curves());
    PreferencesSection.write(html, report.preferences());
    MatricesSection.write(html, report.matrices());
    TasksSection.write(html, report.tasks());
    PassagesSection.write(html, report.passages());
    RunSection.write(html, report);
    html.closeLine().close().close().raw("\n");
    return html.toString();
  }

  private static void head(Html html, String title) {
    html.open("head").single("meta", "charset", "utf-8");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.leaf("title", title);
    html.open("style").raw(styleSheet()).close().closeLine();
  }

  private static String styleSheet() {
    try (InputStream in = ReportWriter.class.getResourceAsStream("report.css")) {
      byte[] bytes =
          Objects.requireNonNull(in, "report.css is missing from the jar").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
