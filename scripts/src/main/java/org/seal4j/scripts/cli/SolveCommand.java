package org.seal4j.scripts.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.arc.OpenTask;
import org.seal4j.data.arc.OpenTaskReader;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.grid.SolvedTask;
import org.seal4j.scripts.arc.KeptModel;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.Durations;
import org.seal4j.scripts.run.NewFolder;
import org.seal4j.scripts.run.Screen;
import org.seal4j.scripts.solve.SolvedFolder;
import org.seal4j.scripts.solve.Solving;
import org.seal4j.scripts.solve.SubmissionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal solve}: grid tasks of a person's own, solved with the model that a run kept. */
@Command(
    name = "solve",
    description = {
      "Solve grid tasks with the model of a finished run of kind arc.",
      "The model reads the demonstrations, chooses how to train itself on them, trains, and answers"
          + " several times; the answers vote. Outputs that the files hold are used only to say"
          + " whether an attempt is right."
    },
    footer = {
      "",
      "Examples:",
      "  seal solve mine.json --model runs/arc-solver",
      "  seal solve tasks/ --model runs/arc-1d --out solved --edits 3",
      "  seal solve arc-agi_test_challenges.json --model runs/arc-solver \\",
      "      --submission submission.json"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class SolveCommand implements Callable<Integer> {
  private static final int MOST_ATTEMPTS = 3;

  /** A typing error of more would compute for days before it says a word. */
  private static final int MOST_EDITS = 1000;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TASK",
      description =
          "Task files in ARC's format, folders of them, or a Kaggle challenges file; test pairs may"
              + " lack their output.")
  private List<Path> tasks = new ArrayList<>();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN|DIR",
      description = "A finished run of kind arc, or the folder model/ of one.")
  private Path model;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "Attempts of each test grid at most, 1 to 3. Default: 2.")
  private int attempts = 2;

  @Option(
      names = "--edits",
      paramLabel = "N",
      description =
          "Self-edits of each task whose answers vote together, 1 to 1000: the most likely one,"
              + " then sampled ones. Default: 1.")
  private int edits = 1;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Most optimizer steps of one training; 0 answers without any. Default: the model's own"
              + " limit.")
  private @Nullable Long steps;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "A new folder for attempts.json and solved.html; default: runs/solve-<UTC time>.")
  private @Nullable Path out;

  @Option(
      names = "--submission",
      paramLabel = "FILE",
      description = "A new file for two attempts of each test grid in Kaggle's layout.")
  private @Nullable Path submission;

  @Option(names = "--seed", paramLabel = "N", description = "Root of all randomness. Default: 1.")
  private long seed = 1;

  @Mixin private BackendOptions backend;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads; results do not depend on it. Default: all cores.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--quiet", description = "Print only what became of each task.")
  private boolean quiet;

  @Option(names = "--json", description = "Print attempts.json instead.")
  private boolean json;

  @Override
  public Integer call() {
    check();
    KeptModel kept = KeptModel.open(model);
    List<OpenTask> open = OpenTaskReader.read(tasks);
    long most = steps == null ? kept.keys().trainingSet().maxSteps() : steps;
    Solving solving = new Solving(kept, open, new Solving.Settings(attempts, edits, most, seed));
    Map<String, String> missing = backend.missingEnvironment(null);
    if (!missing.isEmpty()) {
      return seal.again(missing);
    }
    Backend loaded = backend.load();
    Path folder = out == null ? Path.of("runs", "solve-" + STAMP.format(Instant.now())) : out;
    if (submission != null) {
      new SubmissionFile(submission).requireApart(folder);
    }
    int[] code = {0};
    NewOutput.write(
        folder, spec.commandLine().getErr(), () -> code[0] = solve(solving, loaded, folder));
    return code[0];
  }

  private void check() {
    Checks.require(workers >= 1, "--workers must be at least 1 but was %d", workers);
    Checks.require(
        attempts >= 1 && attempts <= MOST_ATTEMPTS,
        "--attempts must be 1 to %d but was %d",
        MOST_ATTEMPTS,
        attempts);
    Checks.require(
        edits >= 1 && edits <= MOST_EDITS, "--edits must be 1 to %d but was %d", MOST_EDITS, edits);
    Checks.require(
        steps == null || steps >= 0,
        "--steps must be at least 0 but was %s",
        String.valueOf(steps));
    if (submission != null) {
      new SubmissionFile(submission).requireNew();
    }
  }

  /** Computes, and writes all of it at the end; what fails leaves no folder behind. */
  private int solve(Solving solving, Backend loaded, Path wanted) {
    NewFolder made = make(wanted);
    try {
      SolveOutput said = new SolveOutput(spec, quiet, json, Screen.here());
      String name = SolveOutput.name(solving.model());
      String computes = "%s, %s".formatted(loaded, Amount.of(workers, "worker"));
      said.announce(solving, name, computes, seed, made.root());
      Solving.Result result;
      try (Workers threads = new Workers(workers, backend.engine())) {
        result = solving.run(threads, Durations.in(seal.cache()), said.listener());
      }
      SolvedFolder.write(solving, result, name, made.root());
      if (submission != null) {
        new SubmissionFile(submission).write(result.tasks());
      }
      said.result(result, made.root(), submission);
      boolean asked =
          result.tasks().stream()
              .flatMap(task -> task.grids().stream())
              .anyMatch(SolvedTask.SolvedGrid::asked);
      return asked ? 0 : Seal.EXIT_INPUT;
    } catch (RuntimeException | Error e) {
      made.takeBack();
      throw e;
    }
  }

  private NewFolder make(Path wanted) {
    try {
      Checks.require(
          out == null || NewFolder.isFree(wanted),
          "%s is not an empty folder; choose another --out",
          wanted);
      return out == null ? NewFolder.claim(wanted) : NewFolder.make(wanted);
    } catch (IOException e) {
      throw Checks.refuse(
          "cannot make the folder %s: %s; choose another with --out", wanted, AtomicFile.reason(e));
    }
  }
}
