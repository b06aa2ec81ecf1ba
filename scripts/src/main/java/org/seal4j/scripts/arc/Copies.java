package org.seal4j.scripts.arc;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.GridPair;

/**
 * Tells tasks that are another one under a second name: the same grids, whatever the order of the
 * demonstrations. On both sides of a split they would be a leak, and in an evaluation count twice.
 */
final class Copies {
  /** Why a copy is left out, in words that follow its id. */
  static final String REASON = "has the grids of another task, which is kept";

  private final Set<List<Object>> seen = new HashSet<>();

  /** Remembers a task; whether it is new. */
  boolean add(ArcTask task) {
    return seen.add(grids(task));
  }

  /** Whether such a task has been remembered. */
  boolean has(ArcTask task) {
    return seen.contains(grids(task));
  }

  private static List<Object> grids(ArcTask task) {
    Stream<GridPair> pairs = task.demonstrations().stream();
    return List.of(pairs.sorted(Comparator.comparing(GridPair::toString)).toList(), task.test());
  }
}
