package org.seal4j.scripts.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.plan.Tensors;
import org.seal4j.scripts.launch.LaunchFlags;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the engine on one thread; see {@code docs/performance.md}. */
@Command(
    name = "scripts/bench/run.sh engine",
    description = "CPU time of training, inner loops and decoding on one thread.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
public final class EngineBench implements Callable<Integer> {
  private static final int PROFILED_RUNS = 15;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Workloads to run, such as train-small-adamw,inner-together; all if left out.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(
      names = "--repetitions",
      defaultValue = "7",
      description = "Measurements of each workload (default ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "--log", description = "Append every measurement to this file.")
  private @Nullable Path log;

  @Option(names = "--profile", description = "Say where the time of a step goes instead.")
  private boolean profile;

  @Option(
      names = "--export",
      paramLabel = "FOLDER",
      description = "Write weights and losses for the twin instead.")
  private @Nullable Path export;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] args) {
    System.exit(new CommandLine(new EngineBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<String> missing = LaunchFlags.forThisJava().missing();
    Checks.require(
        missing.isEmpty(), "the JVM lacks %s; start with scripts/bench/run.sh engine", missing);
    Checks.require(repetitions >= 1, "--repetitions must be >= 1 but was %d", repetitions);
    Tensors.zeros(1).close();
    Stopwatch watch = new Stopwatch(only, repetitions, log, out);
    if (export != null) {
      TwinFiles.write(export);
    } else if (profile) {
      profile(watch);
    } else {
      time(watch);
    }
    return 0;
  }

  private void profile(Stopwatch watch) {
    for (BenchModel model : BenchModel.values()) {
      if (Training.isWanted(model, watch)) {
        Training.profile(model, PROFILED_RUNS).print("training step, " + model.label(), out);
      }
    }
    if (InnerLoops.areWanted(watch)) {
      InnerLoops.profile(PROFILED_RUNS).print("step of 16 adapters, small", out);
    }
  }

  private static void time(Stopwatch watch) {
    for (BenchModel model : BenchModel.values()) {
      Training.time(model, watch);
    }
    InnerLoops.time(watch);
    for (BenchModel model : BenchModel.values()) {
      Decoding.time(model, watch);
    }
  }
}
