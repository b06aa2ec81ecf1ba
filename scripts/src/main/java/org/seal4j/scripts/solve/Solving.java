package org.seal4j.scripts.solve;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.arc.OpenTask;
import org.seal4j.data.check.Amount;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.grid.GridSolver;
import org.seal4j.rl.grid.PlannedTask;
import org.seal4j.rl.grid.SolvedTask;
import org.seal4j.rl.inner.Roles;
import org.seal4j.scripts.arc.KeptModel;
import org.seal4j.scripts.arc.SolverKeys;
import org.seal4j.scripts.run.Durations;
import org.seal4j.scripts.run.ProgressBar;

/**
 * Solves tasks with a kept model: what {@code seal solve} does between reading and writing.
 *
 * @param model the policy
 * @param tasks at least one, of different ids
 * @param settings how
 */
public record Solving(KeptModel model, List<OpenTask> tasks, Settings settings) {
  /** Fewer tokens than these say nothing about how long others take. */
  private static final long ENOUGH_TOKENS = 20_000;

  private static final double MILLION = 1e6;

  public Solving {
    tasks = List.copyOf(tasks);
  }

  /**
   * How tasks are solved.
   *
   * @param attempts grids that are handed in at most
   * @param edits self-edits whose answers vote
   * @param maxSteps most optimizer steps of one training
   * @param seed root of all randomness
   */
  public record Settings(int attempts, int edits, long maxSteps, long seed) {}

  /**
   * What came out.
   *
   * @param tasks in the order of the given ones
   * @param cpuSeconds of this process from the first self-edit to the last answer
   */
  public record Result(List<SolvedTask> tasks, double cpuSeconds) {
    public Result {
      tasks = List.copyOf(tasks);
    }

    /**
     * CPU seconds of a task: those of all, shared out by the tokens that were read for it. Several
     * tasks train in one graph, so that nothing finer can be measured.
     */
    public double cpuSeconds(SolvedTask task) {
      double all = tasks.stream().mapToDouble(Result::weight).sum();
      return all == 0 ? 0 : cpuSeconds * weight(task) / all;
    }

    /** A training reads forwards and backwards, an answer forwards. */
    private static double weight(SolvedTask task) {
      long demonstrations = task.task().demonstrations().stream().mapToLong(Solving::tokens).sum();
      long answers =
          task.grids().stream()
              .mapToLong(
                  grid ->
                      grid.attempts().isEmpty()
                          ? grid.notGrids()
                          : grid.attempts().get(0).answers())
              .sum();
      return 3.0 * task.planned().tokens() + (double) answers * demonstrations;
    }
  }

  private static long tokens(GridPair pair) {
    return GridCodec.tokens(pair);
  }

  /**
   * Computes.
   *
   * @param workers threads; results do not depend on their number
   * @param durations where it is kept how long such work takes here
   * @param listener hears what is said before the work, and how far it is
   */
  public Result run(Workers workers, Durations durations, RunListener listener) {
    SolverKeys keys = model.keys();
    InnerLoopConfig inner = keys.inner().config();
    InnerLoopMemory.require("inner", keys.modelConfig(), inner);
    try (Weights policy = model.policyWeights();
        Roles roles = model.roles(policy, workers)) {
      GridSolver solver =
          new GridSolver(
              roles,
              keys.language(),
              keys.domain(),
              inner,
              new GridSolver.How(
                  settings.edits,
                  keys.policy().sampling(),
                  settings.attempts,
                  settings.maxSteps,
                  Seeds.of(settings.seed)));
      double cpu = cpuSeconds();
      List<PlannedTask> planned = solver.plan(tasks);
      long start = System.nanoTime();
      String what = "solve " + keys.modelConfig() + " " + inner;
      listener.said(forecast(planned, durations.of(what, workers.size())));
      List<SolvedTask> solved = solver.solve(planned, listener);
      long tokens = planned.stream().mapToLong(PlannedTask::tokens).sum();
      if (tokens >= ENOUGH_TOKENS) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        durations.keep(what, workers.size(), seconds / (tokens / MILLION));
      }
      return new Result(solved, cpuSeconds() - cpu);
    }
  }

  private static String forecast(List<PlannedTask> planned, OptionalDouble secondsPerMillion) {
    long tokens = planned.stream().mapToLong(PlannedTask::tokens).sum();
    String work =
        "%s, %s"
            .formatted(
                Amount.of(planned.stream().mapToInt(one -> one.edits().size()).sum(), "self-edit"),
                Amount.of(planned.stream().mapToLong(PlannedTask::steps).sum(), "training step"));
    return secondsPerMillion.isPresent()
        ? "time:   about %s, as the last time here: %s"
            .formatted(
                ProgressBar.time(Math.max(1, secondsPerMillion.getAsDouble() * tokens / MILLION)),
                work)
        : String.format(
            Locale.ROOT, "time:   not known yet for this model on this machine: %s", work);
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * 1e-9;
  }
}
