package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.Demonstrations;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.OpenTask;
import org.seal4j.rl.Context;

/**
 * A task to be solved as the policy sees it: its worked pairs and the grids that are asked for. The
 * truth is no part of it, known or not.
 *
 * @param shown the worked pairs
 * @param inputs the grids that are asked for and fit the model
 */
record OpenContext(Demonstrations shown, List<Grid> inputs) implements Context {
  OpenContext {
    inputs = List.copyOf(inputs);
  }

  /**
   * The same of a task.
   *
   * @param misfits why a test grid cannot be asked for, by its place; empty where it can
   */
  static OpenContext of(OpenTask task, List<Optional<String>> misfits) {
    List<Grid> asked = new ArrayList<>();
    for (int i = 0; i < misfits.size(); i++) {
      if (misfits.get(i).isEmpty()) {
        asked.add(task.tests().get(i).input());
      }
    }
    return new OpenContext(task.shown(), asked);
  }

  @Override
  public String id() {
    return shown.id();
  }

  @Override
  public String family() {
    return shown.family();
  }
}
