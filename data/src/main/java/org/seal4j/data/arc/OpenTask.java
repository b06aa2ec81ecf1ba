package org.seal4j.data.arc;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.check.Checks;

/**
 * A grid task as a person has it: worked pairs, and test inputs whose outputs may be unknown. It
 * keeps its test grids together, unlike an {@link ArcTask}, which is one of them with its truth.
 *
 * @param id unique name
 * @param family the folder or collection it is of; its id where nothing groups tasks
 * @param demonstrations at least one worked pair
 * @param tests at least one grid that is asked for, in the order of the file
 */
public record OpenTask(
    String id, String family, List<GridPair> demonstrations, List<TestGrid> tests) {
  public OpenTask {
    Checks.require(!demonstrations.isEmpty(), "task %s has no demonstration pair", id);
    Checks.require(!tests.isEmpty(), "task %s has no test grid", id);
    demonstrations = List.copyOf(demonstrations);
    tests = List.copyOf(tests);
  }

  /**
   * One grid that is asked for.
   *
   * @param input what is shown of it
   * @param truth the expected output, where it is known; only a grader may look at it
   */
  public record TestGrid(Grid input, Optional<Grid> truth) {}

  /** What can be trained on. */
  public Demonstrations shown() {
    return new Demonstrations(id, family, demonstrations);
  }
}
