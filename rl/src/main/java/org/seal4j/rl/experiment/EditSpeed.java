package org.seal4j.rl.experiment;

import java.util.Locale;

/**
 * How fast edits were applied and scored.
 *
 * @param edits in this process; those read from a journal do not count
 * @param seconds of wall-clock time, all threads together
 * @param cores threads that worked on them at once
 */
public record EditSpeed(long edits, double seconds, int cores) {
  public double perMinute() {
    return seconds > 0 ? 60 * edits / seconds : 0;
  }

  public double perMinuteAndCore() {
    return perMinute() / cores;
  }

  /** For a person. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%d edits applied and scored, %.0f per minute, %.0f per minute and core",
        edits,
        perMinute(),
        perMinuteAndCore());
  }
}
