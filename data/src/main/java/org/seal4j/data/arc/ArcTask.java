package org.seal4j.data.arc;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;

/**
 * A grid task: demonstrations and one hidden pair. A source task with several test grids becomes
 * several tasks with ids {@code <id>-0}, {@code <id>-1}, as in SEAL's few-shot data.
 *
 * @param id unique name
 * @param family what generated or groups it: the procedural family, the 1D-ARC type, the concept;
 *     the id itself where nothing groups tasks
 * @param demonstrations at least one worked pair
 * @param test the hidden pair; its output is the truth that only a grader may look at
 */
public record ArcTask(String id, String family, List<GridPair> demonstrations, GridPair test) {
  public ArcTask {
    Checks.require(!demonstrations.isEmpty(), "task %s has no demonstration pair", id);
    demonstrations = List.copyOf(demonstrations);
  }

  /** What can be trained on: all but the hidden pair. */
  public Demonstrations shown() {
    return new Demonstrations(id, family, demonstrations);
  }

  /** Every grid, those of the hidden pair last. */
  Stream<Grid> grids() {
    return Stream.concat(demonstrations.stream(), Stream.of(test)).flatMap(GridPair::grids);
  }

  /** The same task with its demonstrations in this order. */
  ArcTask reordered(int[] order) {
    List<GridPair> pairs = Arrays.stream(order).mapToObj(demonstrations::get).toList();
    return new ArcTask(id, family, pairs, test);
  }
}
