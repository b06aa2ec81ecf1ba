package org.seal4j.eval.report;

import java.util.Locale;

/** How numbers are written on page and terminal: per cents with one decimal, in no locale. */
final class Numbers {
  private Numbers() {}

  /** {@code 0.4583} as {@code "45.8 %"}. */
  static String percent(double share) {
    return points(share) + " %";
  }

  /** {@code 0.4583} as {@code "45.8"}. */
  static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share + 0.0);
  }

  /** {@code 0.281} as {@code "+28.1"}, {@code -0.02} as {@code "−2.0"}. */
  static String signedPoints(double difference) {
    String size = points(Math.abs(difference));
    if (size.equals("0.0")) {
      return size;
    }
    return (difference < 0 ? "−" : "+") + size;
  }

  /** A share as a length: {@code "45.83%"}. */
  static String width(double share) {
    return coordinate(100 * share) + "%";
  }

  /** {@code "1 task"}, {@code "2 tasks"}. */
  static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** A coordinate with at most two decimals, without trailing zeros. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }
}
