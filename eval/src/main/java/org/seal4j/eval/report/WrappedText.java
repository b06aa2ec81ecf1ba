package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Shown;

/** Texts in lines that fit a terminal. */
public final class WrappedText {
  private WrappedText() {}

  /**
   * The text in lines as {@link Shown} shows them, broken at blanks; a longer word stays whole,
   * since it is a path or a command.
   *
   * @param columns most characters of a line
   * @param indent blanks before all lines but the first
   */
  public static List<String> lines(String text, int columns, int indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    boolean begun = false;
    for (String word : Shown.lines(text).split(" ", -1)) {
      if (begun && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent)).append(word);
      } else {
        line.append(begun ? " " : "").append(word);
      }
      begun = true;
    }
    lines.add(line.toString());
    return lines;
  }
}
