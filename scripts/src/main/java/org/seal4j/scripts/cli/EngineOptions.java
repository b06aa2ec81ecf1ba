package org.seal4j.scripts.cli;

import org.seal4j.model.plan.Engine;
import picocli.CommandLine.Option;

/** What runs the ops. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class EngineOptions {
  static final String ENGINE = "--engine";

  @Option(
      names = ENGINE,
      paramLabel = "kernels|stock",
      defaultValue = "kernels",
      description =
          "What runs the ops: the kernels of Seal4J, or stock ops of ND4J alone, a slower"
              + " reference. The last bits differ. Default: ${DEFAULT-VALUE}.")
  private Engine engine;

  Engine engine() {
    return engine;
  }
}
