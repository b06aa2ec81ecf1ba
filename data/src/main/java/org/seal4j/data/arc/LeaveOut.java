package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.List;

/** Pseudo-tasks: each demonstration of a task in turn is the hidden pair of a smaller task. */
final class LeaveOut {
  private LeaveOut() {}

  /**
   * The pseudo-tasks that leave {@code count} demonstrations out: one is the pseudo-test, the other
   * {@code count - 1} are not used. Differs from SEAL: tasks without any demonstration left are not
   * made.
   */
  static List<ArcTask> tasks(Demonstrations task, int count) {
    List<GridPair> all = task.pairs();
    List<ArcTask> tasks = new ArrayList<>();
    if (all.size() <= count) {
      return tasks;
    }
    for (int test = 0; test < all.size(); test++) {
      for (int unused = 0; unused < all.size(); unused++) {
        if ((unused == test) == (count == 1)) {
          tasks.add(without(task, test, unused));
        }
      }
    }
    return tasks;
  }

  /** Every way to leave {@code count} pairs out, the order of the rest kept; earlier ones first. */
  static List<List<GridPair>> subsets(List<GridPair> all, int count) {
    if (count == 0) {
      return List.of(all);
    }
    List<List<GridPair>> subsets = new ArrayList<>();
    for (int out = 0; out < all.size(); out++) {
      for (List<GridPair> rest : subsets(all.subList(out + 1, all.size()), count - 1)) {
        List<GridPair> kept = new ArrayList<>(all.subList(0, out));
        kept.addAll(rest);
        subsets.add(kept);
      }
    }
    return subsets;
  }

  private static ArcTask without(Demonstrations task, int test, int unused) {
    List<GridPair> rest = new ArrayList<>(task.pairs());
    GridPair hidden = rest.get(test);
    rest.remove(Math.max(test, unused));
    if (unused != test) {
      rest.remove(Math.min(test, unused));
    }
    return new ArcTask(task.id(), task.family(), rest, hidden);
  }
}
