package org.seal4j.eval.report;

import java.util.Optional;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;

/**
 * A difference of two rows of the result table, paired by task, passage or sequence.
 *
 * @param after name of the condition that is hoped to be better
 * @param before name of the condition it is compared with
 * @param difference share of {@code after} minus share of {@code before}
 * @param unit what one of the pairs is called, such as {@code task} or {@code passage}
 * @param byKinds the same with kinds of tasks as the independent units, where that is known; it
 *     decides then whether zero is excluded
 */
public record Comparison(
    String after, String before, Estimate difference, String unit, Optional<ByKinds> byKinds) {
  /** Paired by task. */
  public Comparison(String after, String before, Estimate difference) {
    this(after, before, difference, "task");
  }

  /** Without kinds. */
  public Comparison(String after, String before, Estimate difference, String unit) {
    this(after, before, difference, unit, Optional.empty());
  }

  /**
   * An interval over kinds: tasks of one kind resemble each other.
   *
   * @param kinds how many
   * @param interval of 95 %, by Student's distribution over them
   */
  public record ByKinds(int kinds, Interval interval) {}

  /** With an interval over kinds. */
  public Comparison over(ByKinds kinds) {
    return new Comparison(after, before, difference, unit, Optional.of(kinds));
  }

  /** In words: how large, how certain, and whether zero is excluded. */
  String sentence() {
    return "%s − %s: %s points, 95 %% interval %s, paired over %s%s; %s."
        .formatted(
            after,
            before,
            Numbers.signedPoints(difference.value()),
            span(difference.interval()),
            Numbers.count(difference.tasks(), unit),
            overKinds(),
            verdict());
  }

  /** The difference with its interval and what that allows to say. */
  String shortly() {
    Interval interval = decisive();
    return "difference %s points [%s, %s], %s"
        .formatted(
            Numbers.signedPoints(difference.value()),
            Numbers.signedPoints(interval.low()),
            Numbers.signedPoints(interval.high()),
            verdict());
  }

  /** The interval over kinds, behind a comma; empty where there is none. */
  String overKinds() {
    return byKinds
        .map(by -> ", %s over %s".formatted(span(by.interval), Numbers.count(by.kinds, "kind")))
        .orElse("");
  }

  /** Both ends of an interval in points. */
  static String span(Interval interval) {
    return Numbers.signedPoints(interval.low()) + " to " + Numbers.signedPoints(interval.high());
  }

  private Interval decisive() {
    return byKinds.map(ByKinds::interval).orElse(difference.interval());
  }

  /** What the interval allows to say. */
  String verdict() {
    if (decisive().isAboveZero()) {
      return "a gain";
    }
    return decisive().high() < 0 ? "a loss" : "zero is not excluded";
  }
}
