package org.seal4j.scripts.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * Starts this program once more, in a child JVM with the right flags and environment: what makes a
 * plain {@code java -jar seal.jar} equal to the shell launcher. The child owns the terminal: its
 * input, output and errors are the parent's own.
 */
public final class Relaunch {
  /**
   * Set in the child to the process id of its parent, so that a start that cannot succeed is not
   * tried for ever, and so that the child ends with its parent.
   */
  static final String MARK = "SEAL_RELAUNCHED";

  /** Names jars with kinds, commands, optimizers or rules of the user. */
  static final String EXTRA = "SEAL_CLASSPATH";

  private Relaunch() {}

  /** Whether this process is already the second start. */
  public static boolean isChild() {
    return System.getenv(MARK) != null;
  }

  /** In a second start: ends this process when the first one ends, however that happens. */
  public static void endWithParent() {
    String parent = System.getenv(MARK);
    if (parent != null && parent.matches("\\d{1,18}")) {
      ParentWatch.start(Long.parseLong(parent));
    }
  }

  /**
   * Runs {@code mainClass} with these arguments in a child JVM and waits for it.
   *
   * @param flags what the child is started with; flags the user gave to this JVM come after them
   *     and win
   * @param environment further variables for the child
   * @return the exit code of the child
   */
  public static int run(
      String mainClass, List<String> args, LaunchFlags flags, Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>(flags.environment());
    all.putAll(Encoding.environment());
    all.putAll(environment);
    all.put(MARK, Long.toString(ProcessHandle.current().pid()));
    all.put(CommandName.VARIABLE, CommandName.here());
    ProcessBuilder builder = new ProcessBuilder(command(mainClass, args, flags)).inheritIO();
    builder.environment().putAll(all);
    try {
      Process child = builder.start();
      Thread stopChild = new Thread(() -> stop(child), "seal-stop-child");
      Runtime.getRuntime().addShutdownHook(stopChild);
      return child.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a second Java process", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Checks.refuse("interrupted while waiting for the Java process that does the work");
    }
  }

  private static List<String> command(String mainClass, List<String> args, LaunchFlags flags) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(flags.jvm());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(classPath(System.getProperty("java.class.path"), System.getenv(EXTRA)));
    command.add(mainClass);
    command.addAll(args);
    return command;
  }

  /** The class path of this process with the jars of the user behind it, each once. */
  static String classPath(String own, @Nullable String extra) {
    return extra == null || extra.isBlank() || own.endsWith(File.pathSeparator + extra)
        ? own
        : own + File.pathSeparator + extra;
  }

  /**
   * Asks the child to end and waits until it has: a server has answers to finish, and knows for how
   * long.
   */
  private static void stop(Process child) {
    child.destroy();
    try {
      child.waitFor();
    } catch (InterruptedException e) {
      child.destroyForcibly();
    }
  }
}
