package org.seal4j.eval.report;

import java.util.Locale;
import org.seal4j.data.check.Checks;

/**
 * A share that something must reach for the result table to mean what it shall; a missed gate stops
 * nothing and is told.
 *
 * @param name what must reach it, such as {@code factual accuracy of self-edits before RL}
 * @param value share that was measured, in [0, 1]; 0 where nothing was counted
 * @param n how many were counted
 * @param least share that was asked for
 */
public record Gate(String name, double value, int n, double least) {
  public Gate {
    Checks.require(
        value >= 0 && value <= 1 && least >= 0 && least <= 1 && n >= 0,
        "gate '%s' needs shares in [0, 1] and a count >= 0 but got %s of %d, at least %s",
        name,
        value,
        n,
        least);
  }

  /** Whether it is reached. */
  public boolean passed() {
    return n > 0 && value >= least;
  }

  /** In words, with the figure. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "gate: %s %s of %,d, at least %s: %s.",
        name,
        Numbers.percent(value),
        n,
        Numbers.percent(least),
        passed() ? "passed" : "missed");
  }
}
