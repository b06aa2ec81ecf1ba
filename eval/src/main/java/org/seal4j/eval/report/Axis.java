package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The scale of a chart: ends and marks on round numbers.
 *
 * @param low value at the start
 * @param high value at the end, above low
 * @param step distance of two marks: 1, 2 or 5 times a power of ten
 */
record Axis(double low, double high, double step) {
  private static final int SPANS = 6;

  /** The scale of values that are counted, such as steps and rounds: from end to end. */
  static Axis ofPositions(double min, double max) {
    double span = max > min ? max - min : 1;
    boolean whole = min == Math.rint(min) && max == Math.rint(max);
    double step = roundStep(span / SPANS);
    return new Axis(min, min + span, whole ? Math.max(1, step) : step);
  }

  /** The scale of measured values: ends on marks, from zero where zero is not far away. */
  static Axis ofValues(double min, double max) {
    double from = min >= 0 && min <= 0.6 * max ? 0 : min;
    double to = max > from ? max : from + 1;
    double step = roundStep((to - from) / SPANS);
    return new Axis(step * Math.floor(from / step), step * Math.ceil(to / step - 1e-9), step);
  }

  private static double roundStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** The round numbers between the ends. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + 1e-9 * step; i++) {
      marks.add(i * step);
    }
    return marks;
  }

  /** Position in [0, 1]. */
  double at(double value) {
    return (value - low) / (high - low);
  }

  /** A mark in words, with as many decimals as the step needs, thousands as {@code 12k}. */
  String label(double mark) {
    if (step >= 1000) {
      return Numbers.coordinate(mark / 1000) + (mark == 0 ? "" : "k");
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", mark + 0.0);
  }
}
