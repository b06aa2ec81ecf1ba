package org.seal4j.eval.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.BiConsumer;

/** The sections that experiments share. Without content they are left out of the page. */
public final class Sections {
  private static final int WIDE = 60;

  private Sections() {}

  /** Another table of results, under a heading of its own. */
  public static Section results(String title, Results results) {
    return new ResultsSection(title, results);
  }

  /** Charts. */
  public static Section curves(List<Curve> curves) {
    return of("Curves", "div charts", curves, LineChart::write);
  }

  /** Charts of named points, under any heading. */
  public static Section points(String title, String note, List<PointChart> charts) {
    return noted(title, note, charts, PointChart::write);
  }

  /** Figures in two directions, such as accuracy by edit and passage. */
  public static Section matrices(List<Matrix> matrices) {
    return of("Matrices", "div row", matrices, Matrix::write);
  }

  /** Tasks in pictures: demonstrations, the hidden pair, and what each condition handed in. */
  public static Section tasks(List<TaskPicture> tasks) {
    return tasks(
        "Tasks", "A condition solves a task when one attempt is the expected grid.", tasks);
  }

  /** The same under another heading. */
  public static Section tasks(String title, String note, List<TaskPicture> tasks) {
    return noted(title, note, tasks, TaskPicture::write);
  }

  /** Passages: the text, the self-edits, and the answers without seeing either. */
  public static Section passages(List<PassageExample> passages) {
    String note =
        "Questions are asked without the passage; only what the adapter learned can help.";
    return noted("Passages", note, passages, PassageExample::write);
  }

  /** What was run: recipe, data, model, machine, duration. */
  public static Section run(List<Fact> facts) {
    return facts("What was run", facts);
  }

  /** Lines of "name: value" in columns, under any heading. */
  public static Section facts(String title, List<Fact> facts) {
    return of(
        title,
        "dl facts",
        facts,
        (fact, html) -> {
          html.open("div", "class", fact.value().length() > WIDE ? "wide" : "");
          html.leaf("dt", fact.name()).leaf("dd", fact.value()).closeLine();
        });
  }

  /** The effective configuration with seeds, key by key, folded up. */
  public static Section settings(List<Fact> settings) {
    return Section.of(
        "Settings and seeds",
        html -> {
          if (settings.isEmpty()) {
            return;
          }
          html.open("details").leaf("summary", Numbers.count(settings.size(), "key"));
          html.open("table", "class", "settings");
          for (Fact key : settings) {
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
        "ul files",
        files,
        (file, html) -> {
          html.open("li").leaf("a", file.name(), "href", relativeAddress(file.name()));
          html.leaf("span", file.value(), "class", "quiet").closeLine();
        });
  }

  /** All parts in a frame, an element and its class. */
  private static <T> Section of(
      String title, String frame, List<T> parts, BiConsumer<T, Html> write) {
    return Section.of(
        title,
        html -> {
          if (!parts.isEmpty()) {
            String[] tagAndClass = frame.split(" ", 2);
            html.open(tagAndClass[0], "class", tagAndClass[1]);
            parts.forEach(part -> write.accept(part, html));
            html.close();
          }
        });
  }

  private static <T> Section noted(
      String title, String note, List<T> parts, BiConsumer<T, Html> write) {
    return Section.of(
        title,
        html -> {
          if (!parts.isEmpty()) {
            html.note(note);
            parts.forEach(part -> write.accept(part, html));
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
