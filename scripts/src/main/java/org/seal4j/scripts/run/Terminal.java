package org.seal4j.scripts.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seal4j.data.check.Shown;

/** Whether a person watches a stream of this process. */
public final class Terminal {
  private static final Path STDIN = Path.of("/proc/self/fd/0");
  private static final Path STDOUT = Path.of("/proc/self/fd/1");
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /**
   * True when the error stream is a terminal that can redraw a line. Linux says so under /proc;
   * Java itself cannot tell, so elsewhere the answer is no.
   */
  static boolean watchesErrors() {
    return !"dumb".equals(System.getenv("TERM")) && watches(STDERR, false);
  }

  /** True when what is printed goes to a terminal, as far as the system can tell. */
  @SuppressWarnings(
      "SystemConsoleNull") // where /proc does not tell, and JDK 22 says yes, wide lines
  public static boolean watchesOutput() {
    return watches(STDOUT, System.console() != null);
  }

  /** True when what is read is typed at a terminal, as far as the system can tell. */
  @SuppressWarnings("SystemConsoleNull") // where /proc does not tell, both ends count
  public static boolean watchesInput() {
    return watches(STDIN, System.console() != null);
  }

  /** The text as it is for a file or a program; a terminal must not obey what a model writes. */
  public static String shown(String text) {
    return watchesOutput() ? Shown.lines(text) : text;
  }

  private static boolean watches(Path stream, boolean otherwise) {
    try {
      return Files.isSymbolicLink(stream) ? isTerminal(Files.readSymbolicLink(stream)) : otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }

  static boolean isTerminal(Path device) {
    return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
  }
}
