package org.seal4j.scripts.bench;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.model.plan.Executable;

/**
 * Where the CPU time of a plan goes.
 *
 * @param times milliseconds per run by op name, the median over the runs, in order of first use
 */
record OpProfile(Map<String, Double> times) {
  private static final double MILLI = 1e6;
  private static final int WARM_UP = 10;

  static OpProfile of(Executable plan, int runs) {
    for (int i = 0; i < WARM_UP; i++) {
      plan.run();
    }
    Map<String, double[]> samples = new LinkedHashMap<>();
    for (int r = 0; r < runs; r++) {
      Map<String, Long> one = new LinkedHashMap<>();
      plan.profile(one, CpuClock::thread);
      int run = r;
      one.forEach(
          (op, nanos) -> samples.computeIfAbsent(op, o -> new double[runs])[run] = nanos / MILLI);
    }
    Map<String, Double> times = new LinkedHashMap<>();
    samples.forEach((op, values) -> times.put(op, Stopwatch.median(values)));
    return new OpProfile(times);
  }

  /** Prints the ops, the most expensive first. */
  void print(String title, PrintWriter out) {
    double total = times.values().stream().mapToDouble(Double::doubleValue).sum();
    out.printf(Locale.ROOT, "%s: %.2f ms in %d kinds of ops%n", title, total, times.size());
    List<Map.Entry<String, Double>> sorted =
        times.entrySet().stream()
            .sorted(Comparator.comparingDouble((Map.Entry<String, Double> e) -> -e.getValue()))
            .toList();
    for (Map.Entry<String, Double> entry : sorted) {
      double share = 100 * entry.getValue() / total;
      out.printf(
          Locale.ROOT, "  %-32s %8.2f ms  %5.1f %%%n", entry.getKey(), entry.getValue(), share);
    }
  }
}
