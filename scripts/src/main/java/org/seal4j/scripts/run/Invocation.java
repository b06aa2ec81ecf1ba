package org.seal4j.scripts.run;

import java.util.List;

/**
 * How a run was started.
 *
 * @param commandLine the arguments as given
 * @param versions of the software
 */
public record Invocation(List<String> commandLine, Versions versions) {
  public Invocation {
    commandLine = List.copyOf(commandLine);
  }
}
