package org.seal4j.eval.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.BiConsumer;

/** The sections that experiments share. Without content they are left out of the page. */
public final class Sections {
  private static final int WIDE = 60;

  private Sections() {}

  /** Charts. */
  public static Section curves(List<Curve> curves) {
    return of(
        "Curves",
        curves,
        (html, charts) -> {
          html.open("div", "class", "charts");
          charts.forEach(chart -> LineChart.write(html, chart));
          html.close();
          if (charts.stream().anyMatch(LineChart::isThinned)) {
            int most = LineChart.MAX_POINTS;
            html.note("Lines of more than " + most + " points show means of neighbours.");
          }
        });
  }

  /** Figures in two directions, such as accuracy by edit and passage. */
  public static Section matrices(List<Matrix> matrices) {
    return of(
        "In two directions",
        matrices,
        (html, tables) -> {
          html.open("div", "class", "row");
          tables.forEach(matrix -> matrix.write(html));
          html.close();
        });
  }

  /** Tasks in pictures: demonstrations, the hidden pair, and what each condition handed in. */
  public static Section tasks(List<TaskPicture> tasks) {
    return of(
        "Tasks",
        tasks,
        (html, pictures) -> {
          html.note("A condition solves a task when one attempt is the expected grid.");
          pictures.forEach(picture -> picture.write(html));
        });
  }

  /** Passages: the text, the self-edits, and the answers once both are gone. */
  public static Section passages(List<PassageExample> passages) {
    return of(
        "Passages",
        passages,
        (html, examples) -> {
          html.note(
              "Questions are asked without the passage; only what the adapter learned can help.");
          examples.forEach(example -> example.write(html));
        });
  }

  /** What was run: recipe, data, model, machine, duration. */
  public static Section run(List<Fact> facts) {
    return facts("What was run", facts);
  }

  /** Lines of "name: value" in columns, under any heading. */
  public static Section facts(String title, List<Fact> facts) {
    return of(
        title,
        facts,
        (html, lines) -> {
          html.open("dl", "class", "facts");
          for (Fact fact : lines) {
            html.open("div", "class", fact.value().length() > WIDE ? "wide" : "");
            html.leaf("dt", fact.name()).leaf("dd", fact.value()).closeLine();
          }
          html.close();
        });
  }

  /** The effective configuration with seeds, key by key, folded up. */
  public static Section settings(List<Fact> settings) {
    return of(
        "Settings and seeds",
        settings,
        (html, keys) -> {
          html.open("details").leaf("summary", Numbers.count(keys.size(), "key"));
          html.open("table", "class", "settings");
          for (Fact key : keys) {
            html.open("tr").leaf("th", key.name(), "scope", "row");
            html.leaf("td", key.value()).closeLine();
          }
          html.close().close();
        });
  }

  /** Files beside the page: relative name and what it holds. */
  public static Section files(List<Fact> files) {
    return of(
        "Files",
        files,
        (html, names) -> {
          html.open("ul", "class", "files");
          for (Fact file : names) {
            html.open("li").leaf("a", file.name(), "href", relativeAddress(file.name()));
            html.leaf("span", file.value(), "class", "quiet").closeLine();
          }
          html.close();
        });
  }

  private static <T> Section of(String title, List<T> parts, BiConsumer<Html, List<T>> body) {
    List<T> kept = List.copyOf(parts);
    return Section.of(
        title,
        html -> {
          if (!kept.isEmpty()) {
            body.accept(html, kept);
          }
        });
  }

  /** The address of a file beside the page; a name cannot become an address elsewhere. */
  private static String relativeAddress(String name) {
    try {
      return "./" + new URI(null, null, "/" + name, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      return "./";
    }
  }
}
