package org.seal4j.eval.stats;

import org.seal4j.data.check.Checks;

/**
 * The result of one trial, for example of one self-edit of one task.
 *
 * @param task what the trial belongs to; trials of one task are not independent
 * @param value finite; 1 or 0 where it is right or wrong
 */
public record Outcome(String task, double value) {
  public Outcome {
    Checks.require(
        Double.isFinite(value), "outcome of task %s must be finite but was %s", task, value);
  }

  /** A trial that is right (1) or wrong (0). */
  public static Outcome of(String task, boolean right) {
    return new Outcome(task, right ? 1 : 0);
  }
}
