package org.seal4j.eval.report;

import org.seal4j.eval.stats.Estimate;

/**
 * A difference of two rows of the result table, paired by task, passage or sequence.
 *
 * @param after name of the condition that is hoped to be better
 * @param before name of the condition it is compared with
 * @param difference share of {@code after} minus share of {@code before}
 * @param unit what one of the pairs is called, such as {@code task} or {@code passage}
 */
public record Comparison(String after, String before, Estimate difference, String unit) {
  /** Paired by task. */
  public Comparison(String after, String before, Estimate difference) {
    this(after, before, difference, "task");
  }

  /** In words: how large, how certain, and whether zero is excluded. */
  String sentence() {
    return "%s − %s: %s points, 95 %% interval %s to %s, paired over %s; %s."
        .formatted(
            after,
            before,
            Numbers.signedPoints(difference.value()),
            Numbers.signedPoints(difference.interval().low()),
            Numbers.signedPoints(difference.interval().high()),
            Numbers.count(difference.tasks(), unit),
            verdict());
  }

  /** The difference with its interval and what that allows to say. */
  String shortly() {
    return "difference %s points [%s, %s], %s"
        .formatted(
            Numbers.signedPoints(difference.value()),
            Numbers.signedPoints(difference.interval().low()),
            Numbers.signedPoints(difference.interval().high()),
            verdict());
  }

  /** What the interval allows to say. */
  String verdict() {
    if (difference.interval().isAboveZero()) {
      return "a gain";
    }
    return difference.interval().high() < 0 ? "a loss" : "zero is not excluded";
  }
}
