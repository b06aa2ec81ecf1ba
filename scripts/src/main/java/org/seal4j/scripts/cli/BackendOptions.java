package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.model.plan.Engine;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.BackendCheck;
import org.seal4j.scripts.run.BackendChoice;
import org.seal4j.scripts.run.RunKernels;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command computes. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class BackendOptions {
  static final String UNPROVEN = "--unproven";

  @Option(
      names = "--backend",
      paramLabel = "cpu|cuda|auto",
      defaultValue = "auto",
      description =
          "Where to compute; an unavailable backend is refused. Default: ${DEFAULT-VALUE}.")
  private BackendChoice backend;

  @Option(
      names = UNPROVEN,
      description = "Allow a GPU, whose results have not been compared with the processor's yet.")
  private boolean unproven;

  @Mixin private EngineOptions engine;

  /** What this process lacks, by {@link RunKernels#missingEnvironment}. */
  Map<String, String> missingEnvironment(@Nullable Path run) {
    return RunKernels.missingEnvironment(backend, run);
  }

  Backend load() {
    return BackendCheck.load(backend, unproven).with(engine());
  }

  Engine engine() {
    return engine.engine();
  }

  /** The words that say the same on another command line. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (backend != BackendChoice.AUTO) {
      words.addAll(List.of("--backend", backend.toString()));
    }
    if (unproven) {
      words.add(UNPROVEN);
    }
    if (engine() != Engine.KERNELS) {
      words.addAll(List.of(EngineOptions.ENGINE, engine().toString()));
    }
    return words;
  }
}
