package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Shown;

/**
 * The result table as aligned lines for a terminal:
 *
 * <pre>
 * condition                  share       n   95 % interval   0        50      100%
 * self-edits without RL     17.7 %      96    11.4 –  26.5   ..--*-...............
 * round 2                   45.8 %      96    36.2 –  55.8   .......--*--.........
 *
 * round 2 − self-edits without RL: +28.1 points, 95 % interval +17.7 to +38.5, ...
 * </pre>
 *
 * <p>In the strip {@code *} is the figure and {@code -} its interval. On a narrow terminal long
 * names are broken, then the strip is left out, and at last a name has a line of its own.
 */
public final class ConsoleTable {
  private static final int STRIP = 21;
  private static final String HEAD = "     share       n   95 % interval";
  private static final String SCALE = "0        50      100%";

  /** Room for a name that is worth having. */
  private static final int SHORTEST_NAME = 16;

  private static final int FIGURES = 34;
  private static final int GAP = 3;
  private static final int INDENT = 2;

  private ConsoleTable() {}

  /** The lines for a screen of any width, without line breaks; the caller prints them. */
  public static List<String> lines(Results results) {
    return lines(results, Integer.MAX_VALUE);
  }

  /**
   * The lines for a screen of so many columns, from 40 on.
   *
   * @param columns most characters of a line
   */
  public static List<String> lines(Results results, int columns) {
    int name = longestName(results);
    boolean strip = columns - FIGURES - GAP - STRIP >= Math.min(name, SHORTEST_NAME);
    int room = columns - FIGURES - (strip ? GAP + STRIP : 0);
    List<String> lines = new ArrayList<>();
    String head = strip ? HEAD + " ".repeat(GAP) + SCALE : HEAD;
    if (room >= Math.min(name, SHORTEST_NAME)) {
      int width = Math.min(name, room);
      lines.add(padded("condition", width) + head);
      results.conditions().forEach(one -> lines.addAll(row(one, width, strip)));
    } else {
      lines.add("condition");
      lines.add(head);
      for (Condition one : results.conditions()) {
        lines.addAll(WrappedText.lines(one.name(), columns, INDENT));
        lines.add(figures(one));
      }
    }
    if (!results.comparisons().isEmpty()) {
      lines.add("");
    }
    results
        .sentences()
        .forEach(sentence -> lines.addAll(WrappedText.lines(sentence, columns, INDENT)));
    return lines.stream().map(Shown::line).toList();
  }

  private static int longestName(Results results) {
    int width = "condition".length();
    for (Condition condition : results.conditions()) {
      width = Math.max(width, condition.name().length());
    }
    return width;
  }

  private static List<String> row(Condition condition, int width, boolean strip) {
    List<String> name = WrappedText.lines(condition.name(), width, INDENT);
    List<String> lines = new ArrayList<>();
    String end = strip ? " ".repeat(GAP) + strip(condition) : "";
    lines.add(padded(name.get(0), width) + figures(condition) + end);
    lines.addAll(name.subList(1, name.size()));
    return lines;
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(Math.max(0, width - name.length()));
  }

  private static String figures(Condition condition) {
    return String.format(
        Locale.ROOT,
        "  %8s  %6d   %5s – %5s",
        Numbers.percent(condition.value()),
        condition.n(),
        Numbers.points(condition.interval().low()),
        Numbers.points(condition.interval().high()));
  }

  private static String strip(Condition condition) {
    StringBuilder strip = new StringBuilder(".".repeat(STRIP));
    for (int i = at(condition.interval().low()); i <= at(condition.interval().high()); i++) {
      strip.setCharAt(i, '-');
    }
    strip.setCharAt(at(condition.value()), '*');
    return strip.toString();
  }

  private static int at(double share) {
    return (int) Math.round(share * (STRIP - 1));
  }
}
