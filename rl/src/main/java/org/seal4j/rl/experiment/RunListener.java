package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.List;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.Progress;

/**
 * Hears what happens in a run: a progress bar, plain lines, a page that follows the run. Nothing
 * computed may depend on it. Calls may come from several threads, never two at once.
 */
public interface RunListener extends Progress {
  @Override
  default void start(String what, long total) {}

  @Override
  default void step(long done, String note) {}

  @Override
  default void end() {}

  /** A remark for a person, one line. */
  default void said(String line) {}

  /** A self-edit was evaluated and its row is on disk. */
  default void evaluated(EditRow row) {}

  /** A step of the M-step was made and its row is on disk. */
  default void learned(LearningRow row) {}

  /** The run is complete and everything is written. */
  default void finished(Findings findings, Path folder) {}

  /** Hears nothing. */
  static RunListener silent() {
    return new RunListener() {};
  }

  /** Passes everything on to all of these, one call at a time, in their order. */
  static RunListener all(List<RunListener> listeners) {
    return new AllListeners(listeners);
  }
}
