package org.seal4j.scripts.arc.room;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Executor;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;

/**
 * CPU seconds of this process by evaluation, from its begin to its end: writing self-edits,
 * training, answering, all threads together. Two runs differ in it, so that it stands in no table.
 * Not thread-safe: evaluations follow each other on one thread.
 */
final class PhaseCost {
  private final Map<String, Double> seconds = new HashMap<>();
  private final Map<String, Integer> evaluated = new HashMap<>();
  private String phase = "";
  private double from;

  /** What follows belongs to this evaluation. */
  void begins(String name) {
    phase = name;
    from = now();
  }

  /** It has ended. */
  void ended(String name) {
    seconds.put(name, now() - from);
    phase = "";
  }

  /** The evaluation that is in progress; empty for none. */
  String phase() {
    return phase;
  }

  /** The same executor; what it evaluates is counted. */
  Executor<GridContext, FewShotEdit> around(Executor<GridContext, FewShotEdit> inner) {
    return (jobs, inJobOrder, finished) -> {
      evaluated.merge(phase, jobs.size(), Integer::sum);
      inner.evaluate(jobs, inJobOrder, finished);
    };
  }

  /**
   * CPU seconds a task; NaN where an earlier process did some of the work, whose rows were read
   * from the journal.
   */
  double perTask(String name, List<EditRow> rows) {
    long tasks = rows.stream().map(row -> row.key().contextId()).distinct().count();
    long wanted =
        rows.stream().filter(row -> row.isValid() || row.draft().reason().isEmpty()).count();
    boolean here = tasks > 0 && evaluated.getOrDefault(name, 0) == wanted;
    return here ? seconds.getOrDefault(name, Double.NaN) / tasks : Double.NaN;
  }

  private static double now() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * 1e-9;
  }
}
