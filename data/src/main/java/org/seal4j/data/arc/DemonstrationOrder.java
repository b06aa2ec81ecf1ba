package org.seal4j.data.arc;

import java.util.Arrays;
import java.util.List;
import org.seal4j.data.seed.Rng;

/** New orders of the demonstrations of a task. */
final class DemonstrationOrder {
  private DemonstrationOrder() {}

  /** A uniform random order; it may be the same. */
  static ArcTask shuffled(ArcTask task, Rng rng) {
    return ordered(task, rng.permutation(task.demonstrations().size()));
  }

  /** A uniform random order among all others; the task itself where it has one demonstration. */
  static ArcTask changed(ArcTask task, Rng rng) {
    int count = task.demonstrations().size();
    int[] order = rng.permutation(count);
    while (count > 1 && isIdentity(order)) {
      order = rng.permutation(count);
    }
    return ordered(task, order);
  }

  private static boolean isIdentity(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }

  private static ArcTask ordered(ArcTask task, int[] order) {
    List<GridPair> demonstrations =
        Arrays.stream(order).mapToObj(task.demonstrations()::get).toList();
    return new ArcTask(task.id(), task.family(), demonstrations, task.test());
  }
}
