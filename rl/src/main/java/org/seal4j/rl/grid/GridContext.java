package org.seal4j.rl.grid;

import org.seal4j.data.arc.ArcTask;
import org.seal4j.rl.Context;

/**
 * A grid task as the loop sees it: its demonstrations are known, its test output only to the
 * grader.
 */
public record GridContext(ArcTask task) implements Context {
  @Override
  public String id() {
    return task.id();
  }

  @Override
  public String family() {
    return task.family();
  }
}
