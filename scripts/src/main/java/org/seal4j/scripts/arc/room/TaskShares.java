package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.EditRow;

/**
 * A share of each task, the mean over its self-edits.
 *
 * @param tasks ids
 * @param kinds the kind of each task
 * @param values of each task {@code [t]}
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
record TaskShares(List<String> tasks, List<String> kinds, double[] values) {

  static TaskShares of(List<EditRow> rows, ToDoubleFunction<EditRow> value) {
    Map<String, List<EditRow>> byTask = new LinkedHashMap<>();
    rows.forEach(
        row -> byTask.computeIfAbsent(row.key().contextId(), id -> new ArrayList<>()).add(row));
    return new TaskShares(
        List.copyOf(byTask.keySet()),
        byTask.values().stream().map(task -> task.get(0).key().family()).toList(),
        byTask.values().stream()
            .mapToDouble(task -> task.stream().mapToDouble(value).average().orElse(0))
            .toArray());
  }

  /** The same in another order of the tasks. */
  double[] in(List<String> order) {
    return order.stream()
        .mapToDouble(
            task -> {
              int at = tasks.indexOf(task);
              Checks.require(at >= 0, "task %s was not evaluated in both conditions", task);
              return values[at];
            })
        .toArray();
  }
}
