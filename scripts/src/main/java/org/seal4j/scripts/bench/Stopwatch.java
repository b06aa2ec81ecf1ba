package org.seal4j.scripts.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times workloads: warms all of them up, then runs them in turn, so that a change of the machine's
 * load meets all alike, and says the median.
 */
final class Stopwatch {
  private static final double MILLI = 1e6;

  private final Set<String> only;
  private final int repetitions;
  private final @Nullable Path log;
  private final PrintWriter out;

  /**
   * @param only names of the workloads to run; empty for all
   * @param log file to which every single measurement is appended as a line {@code engine <tab>
   *     name <tab> milliseconds}, or null
   */
  Stopwatch(Set<String> only, int repetitions, @Nullable Path log, PrintWriter out) {
    this.only = only;
    this.repetitions = repetitions;
    this.log = log;
    this.out = out;
  }

  /** Whether any of these names is asked for. */
  boolean wants(String... names) {
    return only.isEmpty() || Arrays.stream(names).anyMatch(only::contains);
  }

  /** Times the workloads that are asked for. */
  void time(List<Workload> workloads) {
    List<Workload> wanted = workloads.stream().filter(w -> wants(w.name())).toList();
    for (Workload workload : wanted) {
      for (int i = 0; i < workload.warmUp(); i++) {
        workload.body().run();
      }
    }
    Map<String, double[]> threads = new LinkedHashMap<>();
    Map<String, double[]> process = new LinkedHashMap<>();
    for (int r = 0; r < repetitions; r++) {
      for (Workload workload : wanted) {
        long startOfProcess = CpuClock.process();
        long start = CpuClock.threads();
        for (int i = 0; i < workload.runs(); i++) {
          workload.body().run();
        }
        double factor = 1 / MILLI / workload.runs();
        put(threads, workload, r, (CpuClock.threads() - start) * factor);
        put(process, workload, r, (CpuClock.process() - startOfProcess) * factor);
      }
    }
    for (Workload workload : wanted) {
      report(workload.name(), of(threads, workload), of(process, workload));
    }
  }

  private void put(Map<String, double[]> times, Workload workload, int repetition, double value) {
    times.computeIfAbsent(workload.name(), n -> new double[repetitions])[repetition] = value;
  }

  private static double[] of(Map<String, double[]> times, Workload workload) {
    return Objects.requireNonNull(times.get(workload.name()));
  }

  private void report(String name, double[] threads, double[] process) {
    double[] sorted = threads.clone();
    Arrays.sort(sorted);
    out.printf(
        Locale.ROOT,
        "%-22s %9.2f ms  (%.2f to %.2f, n = %d; whole process %.2f)%n",
        name,
        median(threads),
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length,
        median(process));
    if (log != null) {
      StringBuilder lines = new StringBuilder();
      for (double value : threads) {
        lines.append(String.format(Locale.ROOT, "engine\t%s\t%.4f%n", name, value));
      }
      try {
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
