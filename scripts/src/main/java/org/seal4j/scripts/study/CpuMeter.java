package org.seal4j.scripts.study;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/**
 * CPU seconds of this process by phase and part, all threads together, the compiler's and the
 * garbage collector's among them. Two runs differ in it, so that it stands in no table. Not
 * thread-safe: phases follow each other on one thread.
 */
final class CpuMeter {
  /** What the seconds are spent on. */
  enum Part {
    WRITING,
    TEACHER,
    TRAINING,
    LEARNING,
    REEXAMINING
  }

  /** Of one phase. */
  private static final class Spent {
    private final Map<Part, Double> seconds = new EnumMap<>(Part.class);
    private int edits;
  }

  private final Map<String, Spent> phases = new HashMap<>();
  private String phase = "";
  private double inside;

  /** What follows belongs to this phase. */
  void phase(String name) {
    phase = name;
  }

  /** The phase that what is counted now belongs to. */
  String phase() {
    return phase;
  }

  /** Counts edits of the present phase as having cost what edits of the same phase cost there. */
  void asIn(CpuMeter other, int edits) {
    int there = other.edits(phase);
    if (there > 0) {
      double each = other.seconds(phase, Part.TRAINING) / there;
      spent().seconds.merge(Part.TRAINING, edits * each, Double::sum);
      spent().edits += edits;
    }
  }

  /** Seconds of a part of a phase in this process; 0 where there were none. */
  double seconds(String name, Part part) {
    Spent spent = phases.get(name);
    return spent == null ? 0 : spent.seconds.getOrDefault(part, 0.0);
  }

  /** Edits that were evaluated in a phase in this process; those of a journal do not count. */
  int edits(String name) {
    Spent spent = phases.get(name);
    return spent == null ? 0 : spent.edits;
  }

  /** Counts this, without what is counted inside it. */
  private <T> T count(Part part, Supplier<T> body) {
    double outer = inside;
    inside = 0;
    double from = now();
    try {
      return body.get();
    } finally {
      double all = now() - from;
      spent().seconds.merge(part, all - inside, Double::sum);
      inside = outer + all;
    }
  }

  private Spent spent() {
    return phases.computeIfAbsent(phase, name -> new Spent());
  }

  private static double now() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * 1e-9;
  }

  /**
   * Counts what an executor does as this part; of edits that are examined twice the second time.
   */
  Executor<PassageContext, KnowledgeEdit> around(
      Part part, Executor<PassageContext, KnowledgeEdit> inner) {
    return new Executor<>() {
      @Override
      public void evaluate(
          List<EditJob<PassageContext, KnowledgeEdit>> jobs,
          Consumer<Outcome> inJobOrder,
          IntConsumer finished) {
        boolean afresh = jobs.stream().anyMatch(EditJob::afresh);
        count(
            afresh ? Part.REEXAMINING : part,
            () -> {
              inner.evaluate(jobs, inJobOrder, finished);
              return jobs;
            });
        spent().edits += afresh || part != Part.TRAINING ? 0 : jobs.size();
      }
    };
  }

  /** The same ports, with what they write and learn counted. */
  LoopPorts<PassageContext, KnowledgeEdit> around(LoopPorts<PassageContext, KnowledgeEdit> ports) {
    return ports
        .withPolicy(requests -> count(Part.WRITING, () -> ports.policy().sample(requests)))
        .withLearner(
            (round, seeds) -> count(Part.LEARNING, () -> ports.learner().learn(round, seeds)));
  }
}
