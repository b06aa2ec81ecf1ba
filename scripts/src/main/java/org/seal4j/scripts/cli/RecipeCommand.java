package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.plan.Engine;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.Console;
import org.seal4j.scripts.run.Durations;
import org.seal4j.scripts.run.Invocation;
import org.seal4j.scripts.run.ProgressBar;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunLab;
import org.seal4j.scripts.run.Screen;
import org.seal4j.scripts.run.StopNotice;
import org.seal4j.scripts.run.StoredRecipe;
import org.seal4j.scripts.run.Versions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * What commands that run a recipe have in common: reads it, checks the backend, makes the run
 * folder, and runs.
 */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
abstract class RecipeCommand implements Callable<Integer> {
  private final Screen screen = Screen.here();

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a key of the recipe, such as inner.lora.rank=8; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; default: runs/RECIPE-<UTC time> in this folder.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Resume the interrupted run in this folder.")
  private @Nullable Path resume;

  @Mixin private BackendOptions backend;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads for inner loops; results do not depend on it. Default: all cores.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--no-cache",
      description =
          "Pretrain here, without the cache that runs share; a model is kept in the run folder"
              + " until the run ends.")
  private boolean noCache;

  @Option(names = "--quiet", description = "Print only the result.")
  private boolean quiet;

  @Option(names = "--json", description = "Print only the result, as JSON (summary.json).")
  private boolean json;

  @Option(
      names = "--show-config",
      description = "Print the effective configuration, which is stored in any case.")
  private boolean showConfig;

  @Option(
      names = "--offline",
      description = "Use no network: a recipe that asks another model's endpoint is refused.")
  private boolean offline;

  @Override
  public Integer call() {
    Checks.require(workers >= 1, "--workers must be at least 1 but was %d", workers);
    Checks.require(
        out == null || resume == null,
        "--out and --resume exclude each other: a run has one folder");
    RecipeDraft draft = seal.book().load(source(), changes());
    Experiment<?> kind = seal.kindOf(draft);
    require(kind);
    if (plans() && !resumes()) {
      Map<String, String> missing = backend.missingEnvironment(resume);
      if (!missing.isEmpty()) {
        return seal.again(missing);
      }
      backend.load();
      List<String> all = new ArrayList<>(changes());
      all.addAll(planned(draft, workers));
      draft = seal.book().load(source(), all);
    }
    return run(kind(kind), draft);
  }

  /** Whether some keys are to be computed before the work starts. */
  boolean plans() {
    return false;
  }

  /** The kind that runs: that of the recipe, or one that knows what was computed before. */
  Experiment<?> kind(Experiment<?> named) {
    return named;
  }

  /** Keys that are computed before the work starts, in the form of {@code --set}. */
  List<String> planned(RecipeDraft draft, int threads) {
    return List.of();
  }

  /** What is to run the graphs. */
  final Engine engine() {
    return backend.engine();
  }

  /** Whether a run is resumed, which has its recipe. */
  final boolean resumes() {
    return resume != null;
  }

  /** The recipe that was named, if one was. */
  abstract @Nullable String recipe();

  abstract String example();

  /** Changes of the recipe, in the form of {@code --set}. */
  List<String> changes() {
    return sets;
  }

  /** Refuses a recipe that another command is for. */
  void require(Experiment<?> kind) {}

  private String source() {
    String recipe = recipe();
    if (recipe != null) {
      return recipe;
    }
    if (resume == null) {
      RecipeList.lines(seal.book(), screen.columns()).forEach(out()::println);
      throw Checks.refuse("name a recipe, such as: %s", example());
    }
    Path stored = RunFolder.configurationOf(resume);
    StoredRecipe.check(stored);
    return stored.toString();
  }

  private <C extends Record> int run(Experiment<C> kind, RecipeDraft draft) {
    C config = draft.bind(kind.keys());
    if (offline) {
      Offline.require(config, resume == null ? Set.of() : kind.answered(config, resume));
    }
    kind.requireMemory(config);
    kind.check(config);
    Forecast forecast = kind.forecast(config);
    forecast.requireRoom(resume == null ? RunFolder.freeBytes(out) : Double.MAX_VALUE);
    Map<String, String> missing = backend.missingEnvironment(resume);
    if (!missing.isEmpty()) {
      return seal.again(missing);
    }
    Backend loaded = backend.load();
    int ended;
    String effective = draft.effectiveYaml(config);
    try (RunFolder folder = folder(draft.head().recipe(), effective);
        StopNotice notice = new StopNotice(stopped(), goOn(folder.root()))) {
      RunLab.Settings settings = settings(draft.head(), config, loaded, folder);
      Durations durations = Durations.in(seal.cache());
      announce(settings, folder, forecast, durations.of(effective, workers));
      if (showConfig && !json) {
        effective.lines().forEach(line -> out().println("  " + line));
      }
      double seconds =
          RunLab.run(
              kind, config, settings, folder, workers, listener(kind, config, draft, notice));
      if (!folder.resumed() && engine() == Engine.KERNELS) {
        durations.keep(effective, workers, seconds);
      }
      if (json) {
        out().print(read(folder.summary()));
      }
      ended = exitCode(folder.root());
    }
    out().flush();
    return ended;
  }

  /** The exit code of a run that came to its end. */
  int exitCode(Path folder) {
    return 0;
  }

  private void announce(
      RunLab.Settings settings, RunFolder folder, Forecast writes, OptionalDouble lastTime) {
    if (!quiet && !json) {
      new Announcement(settings.head(), folder.resumed(), settings.backend(), workers)
          .lines(folder.root(), settings.cache(), writes, lastTime, screen)
          .forEach(out()::println);
    }
  }

  /** Where it is said how to go on. */
  private PrintWriter stopped() {
    return seal.isPart() ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
  }

  /** The command that resumes the run in this folder. */
  private String goOn(Path folder) {
    List<String> words = new ArrayList<>(List.of(spec.name(), "--resume", folder.toString()));
    words.addAll(backend.words());
    if (noCache) {
      words.add("--no-cache");
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--workers")) {
      words.addAll(List.of("--workers", Integer.toString(workers)));
    }
    return CommandName.with(words);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunFolder folder(String name, String effective) {
    return resume != null
        ? RunFolder.resume(resume, effective)
        : RunFolder.create(name, out, Instant.now(), effective);
  }

  private RunLab.Settings settings(
      RecipeHead head, Record config, Backend loaded, RunFolder folder) {
    return new RunLab.Settings(
        head,
        config,
        loaded,
        noCache ? folder.root().resolve(RunFolder.OWN_CACHE) : seal.cache(),
        new Invocation(seal.words(), Versions.here(Version.of("seal"), Version.of("nd4j"))));
  }

  /** Progress bar and plain lines; others may join them. */
  private <C extends Record> RunListener listener(
      Experiment<C> kind, C config, RecipeDraft draft, StopNotice notice) {
    List<RunListener> listeners = new ArrayList<>(List.of(notice));
    if (!json) {
      RecipeHead head = draft.head();
      listeners.add(
          new Console(
              out(),
              screen,
              quiet,
              folder -> NextCommand.after(kind, config, head, seal.book().names(), folder)));
    }
    if (!quiet) {
      listeners.add(ProgressBar.onErrorStream());
    }
    return RunListener.all(listeners);
  }

  final CommandSpec spec() {
    return spec;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
