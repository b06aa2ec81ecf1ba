package org.seal4j.scripts.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person watches the error stream of this process. */
final class Terminal {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /**
   * True when the error stream is a terminal that can redraw a line. Linux says so under /proc;
   * Java itself cannot tell, so elsewhere the answer is no.
   */
  static boolean watchesErrors() {
    if ("dumb".equals(System.getenv("TERM")) || !Files.exists(STDERR)) {
      return false;
    }
    try {
      return isTerminal(Files.readSymbolicLink(STDERR));
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isTerminal(Path device) {
    return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
  }
}
