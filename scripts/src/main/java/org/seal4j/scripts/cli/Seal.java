package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.launch.CacheFolder;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.run.Screen;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code seal}: what it knows (kinds, recipes, where it lives) and its subcommands.
 *
 * <p>Exit codes: 0 done, {@link #EXIT_INPUT} for bad input, {@link #EXIT_FAULT} for a fault of the
 * program, {@link #EXIT_MACHINE} where the machine has no room; 130 and 143 where the process was
 * told to stop.
 */
@Command(
    name = "seal",
    description = "Self-adapting language models in Java.",
    subcommands = {
      RunCommand.class,
      TrainCommand.class,
      AdaptCommand.class,
      SolveCommand.class,
      ModelsCommand.class,
      PretrainCommand.class,
      RecipesCommand.class,
      DescribeCommand.class,
      GradeCommand.class,
      PassagesCommand.class,
      GenerateCommand.class,
      AskCommand.class,
      ChatCommand.class,
      EvalCommand.class,
      FetchCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      AdaptersCommand.class,
      VerifyCommand.class,
      DoctorCommand.class,
      VersionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:A fault of the program; --stacktrace shows where.",
      "2:Wrong input: a word of the command line, a recipe, a file, an endpoint.",
      "3:No room: memory ran out, or the output cannot be written.",
      "130:Stopped by Ctrl-C.",
      "143:Stopped by SIGTERM, or because its parent process ended."
    },
    versionProvider = Version.class,
    sortOptions = false)
public final class Seal implements Runnable {
  /** Between these picocli wraps its help. */
  private static final int NARROWEST = 55;

  private static final int WIDEST = 100;

  /** What the system says of a pipe that nobody reads any more. */
  private static final String BROKEN_PIPE = "Broken pipe";

  /** A fault of the program. */
  public static final int EXIT_FAULT = 1;

  /** Bad input: a flag, a recipe, a file. */
  public static final int EXIT_INPUT = 2;

  /** Memory that ran out, or standard output that cannot be written. */
  public static final int EXIT_MACHINE = 3;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of Seal4J, ND4J and Java.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean stacktrace;

  private final Experiments kinds;
  private final Optional<Path> home;
  private final Restart restart;
  private @Nullable RecipeBook book;
  private List<String> words = List.of();
  private boolean isPart;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  /**
   * @param kinds the kinds of recipes
   * @param home the checkout this program lives in, where there is one
   * @param restart how to start over in a new process
   */
  public Seal(Experiments kinds, Optional<Path> home, Restart restart) {
    this.kinds = kinds;
    this.home = home;
    this.restart = restart;
  }

  /** Runs one command line and returns the exit code; never exits by itself. */
  public int run(List<String> args, PrintWriter out, PrintWriter err) {
    words = List.copyOf(args);
    CommandLine line = new CommandLine(this);
    ServiceLoader.load(SubCommand.class).forEach(line::addSubcommand);
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpWidth(Math.max(NARROWEST, Math.min(WIDEST, Screen.here().columns())));
    EnumChoice.register(line);
    Words.configure(line);
    Failures failures = new Failures(() -> stacktrace);
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    try {
      return line.execute(Words.of(args, line).toArray(String[]::new));
    } catch (ParameterException e) {
      return failures.handleParseException(e, args.toArray(String[]::new));
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      return failures.fault(e, err);
    }
  }

  /**
   * The exit code once everything is printed: a command whose output is not all there has failed,
   * and one sentence says so. Not where the reader of a pipe went away, as {@code head} does: it
   * has what it wanted.
   *
   * @param code of the command
   * @param failure why standard output could not be written; empty where it could
   */
  public static int afterOutput(int code, Optional<String> failure, PrintWriter err) {
    if (failure.isEmpty()) {
      return code;
    }
    if (!failure.get().contains(BROKEN_PIPE)) {
      err.println(
          "seal: cannot write to standard output: "
              + failure.get()
              + "; a part of it is missing, so make room and call again");
    }
    return code == 0 ? EXIT_MACHINE : code;
  }

  /** Runs one command line more in this process, with the same kinds, recipes and cache. */
  int again(List<String> args, PrintWriter out, PrintWriter err) {
    Seal second = new Seal(kinds, home, restart);
    second.isPart = true;
    return second.run(args, out, err);
  }

  /** Whether this command line is a part of another, which says itself how to go on. */
  boolean isPart() {
    return isPart;
  }

  /** {@code seal} alone. */
  @Override
  public void run() {
    throw Failures.commandMissing(spec.commandLine());
  }

  RecipeBook book() {
    RecipeBook opened = book == null ? RecipeBook.open(home) : book;
    book = opened;
    return opened;
  }

  Experiment<?> kindOf(RecipeDraft draft) {
    return kinds.named(draft.head().kind(), draft.kindPlace());
  }

  /** What several runs share: in the checkout, else in the home folder of the user. */
  Path cache() {
    return CacheFolder.find(home);
  }

  /** The words of the command line as typed. */
  List<String> words() {
    return words;
  }

  /** The same command line in a new process that has these environment variables as well. */
  int again(Map<String, String> environment) {
    return restart.with(words, environment);
  }
}
