package org.seal4j.rl.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long the stages of this process took. Never part of a table: two runs differ in it. */
public final class Timings {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final long start = System.nanoTime();

  /** Runs a stage and adds its time to that of the name. */
  public <T> T stage(String name, Supplier<T> body) {
    long from = System.nanoTime();
    try {
      return body.get();
    } finally {
      seconds.merge(name, (System.nanoTime() - from) * 1e-9, Double::sum);
    }
  }

  /** Seconds by stage, in order, and {@code total} so far. */
  public Map<String, Double> soFar() {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    all.put("total", total());
    return all;
  }

  /** Seconds since the run began. */
  public double total() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
