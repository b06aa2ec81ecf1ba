package org.seal4j.eval.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The end of the page: what was run, the effective configuration with seeds, and the files. */
final class RunSection {
  private static final int WIDE = 60;

  private RunSection() {}

  static void write(Html html, Report report) {
    if (!report.facts().isEmpty()) {
      html.open("section").leaf("h2", "What was run");
      facts(html, report.facts());
      html.closeLine();
    }
    if (!report.settings().isEmpty()) {
      html.open("section").leaf("h2", "Settings and seeds").open("details");
      html.leaf("summary", Figures.count(report.settings().size(), "key"));
      html.open("table", "class", "settings");
      for (Fact setting : report.settings()) {
        html.open("tr").leaf("th", setting.name(), "scope", "row");
        html.leaf("td", setting.value()).closeLine();
      }
      html.close().close().closeLine();
    }
    files(html, report.files());
  }

  private static void files(Html html, List<Fact> files) {
    if (files.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Files").open("ul", "class", "files");
    for (Fact file : files) {
      html.open("li").leaf("a", file.name(), "href", relativeAddress(file.name()));
      html.leaf("span", file.value(), "class", "quiet").closeLine();
    }
    html.close().closeLine();
  }

  /** The address of a file beside the page; a name cannot become an address elsewhere. */
  private static String relativeAddress(String name) {
    try {
      return "./" + new URI(null, null, "/" + name, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      return "./";
    }
  }

  /** A list of "name: value" in columns. */
  private static void facts(Html html, List<Fact> facts) {
    html.open("dl", "class", "facts");
    for (Fact fact : facts) {
      boolean wide = fact.value().length() > WIDE;
      html.open("div", "class", wide ? "wide" : "").leaf("dt", fact.name());
      html.leaf("dd", fact.value()).closeLine();
    }
    html.close();
  }
}
