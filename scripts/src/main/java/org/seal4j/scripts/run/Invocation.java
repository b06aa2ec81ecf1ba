package org.seal4j.scripts.run;

import java.util.List;

/**
 * How a run was started.
 *
 * @param commandLine the arguments as given
 * @param versions of the software
 * @param quiet whether only the result is to be printed
 */
public record Invocation(List<String> commandLine, Versions versions, boolean quiet) {
  public Invocation {
    commandLine = List.copyOf(commandLine);
  }
}
