package org.seal4j.scripts.arc;

import org.seal4j.data.check.Checks;

/**
 * What is measured on tasks that neither pretraining nor the loop has seen.
 *
 * @param pool which held-out tasks: tune on {@code development}, publish {@code confirmation}
 * @param tasks how many of them; of real tasks at most those there are
 * @param editsPerTask self-edits per task and condition
 */
public record EvaluateConfig(HeldOut pool, int tasks, int editsPerTask) {
  public EvaluateConfig {
    Checks.require(tasks >= 1, "evaluate.tasks must be >= 1 but was %d", tasks);
    Checks.require(
        editsPerTask >= 1, "evaluate.editsPerTask must be >= 1 but was %d", editsPerTask);
  }

  /** The two kinds of held-out tasks. */
  public enum HeldOut {
    /** Looked at while choosing settings. */
    DEVELOPMENT,
    /** Looked at once, for the figures that are published. */
    CONFIRMATION
  }
}
