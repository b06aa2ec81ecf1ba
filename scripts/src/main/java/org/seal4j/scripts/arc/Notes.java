package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.rl.experiment.ResultTable;

/** What must be said beside the table so that nobody reads it wrongly. */
final class Notes {
  static final String TABLE =
      "in-context, uniform-random and fixed good configurations are of the model before RL; 'most"
          + " likely' is the self-edit that the policy finds most likely, as seal solve takes it;"
          + " in-context counts each task once; intervals are Wilson's where a task counts once, else "
          + ResultTable.bootstrapped("tasks");

  private static final int MOST_NAMED = 20;

  private Notes() {}

  /** Every left-out task by its reason, long lists cut. */
  static String leftOut(List<LeftOut> tasks) {
    List<String> lines = new ArrayList<>();
    byReason(tasks)
        .forEach(
            (reason, ids) -> {
              int more = ids.size() - MOST_NAMED;
              String named = String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_NAMED)));
              String rest = more > 0 ? " and %d more, see left_out.arrow".formatted(more) : "";
              lines.add("%s (%d): %s%s".formatted(reason, ids.size(), named, rest));
            });
    return String.join("; ", lines);
  }

  /** How many tasks were left out, and why. */
  static String leftOutCounts(List<LeftOut> tasks) {
    return tasks.isEmpty()
        ? "none"
        : "%d tasks, see left_out.arrow: %s".formatted(tasks.size(), counts(tasks));
  }

  /** The same for a run that has too few tasks, with the keys that let more in. */
  static String withCure(List<LeftOut> tasks) {
    return counts(tasks)
        + "; raise data.maxTokens, data.maxHeight or data.maxWidth, or name other tasks";
  }

  private static String counts(List<LeftOut> tasks) {
    List<String> lines = new ArrayList<>();
    byReason(tasks).forEach((reason, ids) -> lines.add("%s (%d)".formatted(reason, ids.size())));
    return String.join("; ", lines);
  }

  private static Map<String, List<String>> byReason(List<LeftOut> tasks) {
    Map<String, List<String>> byReason = new TreeMap<>();
    tasks.forEach(
        task -> byReason.computeIfAbsent(task.reason(), r -> new ArrayList<>()).add(task.id()));
    return byReason;
  }
}
