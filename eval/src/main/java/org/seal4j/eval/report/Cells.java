package org.seal4j.eval.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seal4j.eval.stats.Interval;

/**
 * A table of the page: heads, then rows that begin with a name; and how its numbers are written.
 */
public record Cells(Html html) {
  /** Where there is no figure. */
  public static final String NONE = "–";

  /** Begins the table with these heads. */
  public void head(String... heads) {
    html.open("table", "class", "matrix").open("tr");
    for (String head : heads) {
      html.leaf("th", head);
    }
    html.closeLine();
  }

  /** A line of it. */
  public void row(String name, List<String> cells) {
    html.open("tr").leaf("th", name, "scope", "row");
    cells.forEach(cell -> html.leaf("td", cell));
    html.closeLine();
  }

  /** Ends the table. */
  public void end() {
    html.closeLine();
  }

  /** A number; {@link #NONE} where it is not finite. */
  public static String number(String format, double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    String text = String.format(Locale.ROOT, format, value);
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return zero ? text.replaceFirst("^[-+]", "") : text.replace('-', '−');
  }

  /** A share in per cent. */
  public static String share(double value) {
    return number("%.1f %%", 100 * value);
  }

  /** A share in per cent, or {@link #NONE}. */
  public static String share(OptionalDouble value) {
    return value.isPresent() ? share(value.getAsDouble()) : NONE;
  }

  /** {@code "−1.20 to 3.40"}, both ends times a factor. */
  public static String interval(String format, Interval interval, double factor) {
    return number(format, factor * interval.low())
        + " to "
        + number(format, factor * interval.high());
  }
}
