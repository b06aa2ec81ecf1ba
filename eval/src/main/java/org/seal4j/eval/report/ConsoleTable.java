package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
 * <p>In the strip {@code *} is the figure and {@code -} its interval.
 */
public final class ConsoleTable {
  private static final int STRIP = 21;
  private static final String SCALE = "0        50      100%";

  private ConsoleTable() {}

  /** The lines, without line breaks; the caller prints them. */
  public static List<String> lines(Results results) {
    int width = "condition".length();
    for (Condition condition : results.conditions()) {
      width = Math.max(width, condition.name().length());
    }
    List<String> lines = new ArrayList<>();
    lines.add(padded("condition", width) + "     share       n   95 % interval   " + SCALE);
    for (Condition condition : results.conditions()) {
      lines.add(padded(condition.name(), width) + figures(condition) + strip(condition));
    }
    if (!results.comparisons().isEmpty()) {
      lines.add("");
    }
    lines.addAll(results.sentences());
    return lines;
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  private static String figures(Condition condition) {
    return String.format(
        Locale.ROOT,
        "  %8s  %6d   %5s – %5s   ",
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
