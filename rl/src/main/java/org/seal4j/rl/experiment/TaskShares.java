package org.seal4j.rl.experiment;

import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.ClusteredMean;
import org.seal4j.rl.EditRow;

/**
 * The reward of each task, the mean over its self-edits.
 *
 * @param tasks ids
 * @param kinds the kind of each task
 * @param values of each task {@code [t]}, in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
public record TaskShares(List<String> tasks, List<String> kinds, double[] values) {
  /** Of these rows, tasks in the order in which they first stand there. */
  public static TaskShares of(List<EditRow> rows) {
    Map<String, List<EditRow>> byTask = EditRow.byContext(rows);
    return new TaskShares(
        List.copyOf(byTask.keySet()),
        byTask.values().stream().map(task -> task.get(0).key().family()).toList(),
        byTask.values().stream()
            .mapToDouble(
                task ->
                    task.stream().mapToDouble(row -> row.outcome().reward()).average().orElse(0))
            .toArray());
  }

  /** The mean, with intervals over kinds. */
  public ClusteredMean mean(Seeds seeds) {
    return ClusteredMean.ofShares(kinds, values, seeds);
  }

  /** The mean difference to another condition on the same tasks, with intervals over kinds. */
  public ClusteredMean minus(TaskShares before, Seeds seeds) {
    return ClusteredMean.ofDifferences(kinds, values, before.in(tasks), seeds);
  }

  /** The same in another order of the tasks. */
  public double[] in(List<String> order) {
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
