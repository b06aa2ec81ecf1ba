package org.seal4j.eval.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;

/** Sum and number of the trials of each task, tasks sorted by name. */
final class TaskSums {
  private final List<String> names;
  private final double[] sums;
  private final int[] counts;

  private TaskSums(List<String> names) {
    this.names = names;
    this.sums = new double[names.size()];
    this.counts = new int[names.size()];
  }

  static TaskSums of(List<Outcome> trials) {
    Checks.require(!trials.isEmpty(), "a mean over tasks needs at least one trial but got none");
    Map<String, List<Outcome>> byTask = new TreeMap<>();
    for (Outcome trial : trials) {
      byTask.computeIfAbsent(trial.task(), t -> new ArrayList<>()).add(trial);
    }
    TaskSums result = new TaskSums(List.copyOf(byTask.keySet()));
    int i = 0;
    for (List<Outcome> task : byTask.values()) {
      result.sums[i] = task.stream().mapToDouble(Outcome::value).sum();
      result.counts[i++] = task.size();
    }
    return result;
  }

  int size() {
    return names.size();
  }

  /** Mean over the trials of these tasks; a task may occur several times. */
  double mean(int[] tasks) {
    double sum = 0;
    long count = 0;
    for (int task : tasks) {
      sum += sums[task];
      count += counts[task];
    }
    return sum / count;
  }

  void requireSameTasks(TaskSums other) {
    for (String name : names) {
      requireKnown(name, other);
    }
    for (String name : other.names) {
      requireKnown(name, this);
    }
  }

  private static void requireKnown(String name, TaskSums side) {
    Checks.require(
        side.names.contains(name),
        "paired conditions need the same tasks, but task %s was tried in only one of them",
        name);
  }
}
