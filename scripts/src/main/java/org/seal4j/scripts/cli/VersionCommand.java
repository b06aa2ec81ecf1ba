package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import org.seal4j.data.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seal version}. */
@Command(name = "version", description = "Show the versions of Seal4J, ND4J and Java.")
final class VersionCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  @Override
  public void run() {
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(Json.pretty(Version.all()));
      out.flush();
      return;
    }
    spec.root().commandLine().printVersionHelp(spec.commandLine().getOut());
  }
}
