package org.seal4j.scripts.cli;

import java.util.List;
import java.util.Map;

/** Runs the same command in a new process, for what must be settled before the JVM starts. */
@FunctionalInterface
public interface Restart {
  /** Returns the exit code of the new process, which has these environment variables as well. */
  int with(List<String> args, Map<String, String> environment);
}
