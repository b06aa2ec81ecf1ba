package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.launch.OnStop;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command fails: one sentence, the exit code, and the stack only when it is asked for. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Packages of the JDK and of the libraries, in whose code an error may surface. */
  private static final List<String> LIBRARIES =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "com.fasterxml.",
          "com.google.",
          "ch.qos.",
          "org.apache.",
          "org.bytedeco.",
          "org.nd4j.",
          "org.joni.",
          "org.jcodings.",
          "picocli.");

  private final BooleanSupplier stacktrace;

  Failures(BooleanSupplier stacktrace) {
    this.stacktrace = stacktrace;
  }

  /** A command line that cannot be understood. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + Shown.line(sentence(e)) + "; see " + help(name));
    return Seal.EXIT_INPUT;
  }

  /** The command that prints the help of a command, as a person calls it here. */
  private static String help(String name) {
    List<String> words = new ArrayList<>(List.of(name.split(" ")));
    words.set(0, CommandName.here());
    return String.join(" ", words) + " --help";
  }

  /** A command that ran and failed. */
  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    if (OnStop.isEnding()) {
      return Seal.EXIT_FAULT; // nobody sees it: the process ends with the code of the signal
    }
    if (!(e instanceof InputException)) {
      return fault(e, line.getErr());
    }
    line.getErr().println("seal: " + e.getMessage());
    printStack(e, line.getErr());
    return Seal.EXIT_INPUT;
  }

  /** Something the user cannot be blamed for. */
  int fault(Throwable e, PrintWriter err) {
    if (OutOfMemory.isIn(e)) {
      err.println("seal: " + OutOfMemory.sentence(e));
      printStack(e, err);
      return Seal.EXIT_MACHINE;
    }
    if (e instanceof UncheckedIOException && e.getCause() instanceof IOException io) {
      String file = io instanceof FileSystemException at ? at.getFile() : "a file";
      err.println("seal: cannot read or write " + file + ": " + AtomicFile.reason(io));
      printStack(e, err);
      return Seal.EXIT_INPUT;
    }
    String what =
        e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("");
    String more = stacktrace.getAsBoolean() ? "" : " (--stacktrace shows where)";
    String where = place(e).map(frame -> frame + " failed with ").orElse("internal error ");
    err.println("seal: " + where + e.getClass().getSimpleName() + Shown.line(what) + more);
    printStack(e, err);
    return Seal.EXIT_FAULT;
  }

  /** Where it was thrown, if in a class that a user's jar brought. */
  private static Optional<String> place(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith))
        .findFirst()
        .filter(frame -> !frame.getClassName().startsWith("org.seal4j."))
        .map(
            frame ->
                "%s.%s (%s:%d)"
                    .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()));
  }

  /** For a command that only groups others. */
  static ParameterException commandMissing(CommandLine command) {
    String known = String.join(", ", command.getSubcommands().keySet());
    return new ParameterException(command, "missing command, one of " + known);
  }

  private void printStack(Throwable e, PrintWriter err) {
    if (stacktrace.getAsBoolean()) {
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      err.print(Shown.lines(stack.toString()));
    }
  }

  private static String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String unknown = unmatched.getUnmatched().get(0);
      String word = unknown.split("=", 2)[0];
      String kind = kind(word, e.getCommandLine());
      return "unknown " + kind + " '" + Shown.text(word) + "'" + advice(word, e.getCommandLine());
    }
    return String.valueOf(e.getMessage());
  }

  private static String kind(String word, CommandLine command) {
    if (word.startsWith("-")) {
      return "option";
    }
    return command.getSubcommands().isEmpty() ? "argument" : "command";
  }

  private static String advice(String word, CommandLine command) {
    List<String> known = new ArrayList<>(command.getSubcommands().keySet());
    if (word.startsWith("-")) {
      known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
    }
    return Nearest.to(word, known).map(nearest -> ", did you mean '" + nearest + "'?").orElse("");
  }
}
