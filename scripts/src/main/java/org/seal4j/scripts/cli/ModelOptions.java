package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Shown;
import org.seal4j.lora.text.Computing;
import org.seal4j.lora.text.TextModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that goes from text to text. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ModelOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf file, a llama2.c .bin file, or hf:OWNER/NAME of a fetched"
              + " model.")
  private Path model;

  @Option(
      names = "--adapter",
      paramLabel = "ADAPTER",
      description =
          "An adapter over the model: a PEFT folder, a .gguf file, hf:OWNER/NAME, or the folder of"
              + " a run that made one.")
  private @Nullable Path adapter;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description = "A tokenizer's file or folder; default: the one beside the model.")
  private @Nullable Path tokenizer;

  @Mixin private WeightOptions weights;
  @Mixin private EngineOptions engine;

  /** Reads them all; the caller closes the model. */
  TextModel open() {
    TextModel opened =
        TextModel.open(model, tokenizer, adapter, new Computing(engine.engine(), weights.form()));
    warn(spec, opened.warnings());
    return opened;
  }

  /** Prints warnings to the error stream, one on a line. */
  static void warn(CommandSpec spec, List<String> warnings) {
    warnings.forEach(
        text -> spec.commandLine().getErr().println("seal: warning: " + Shown.line(text)));
    spec.commandLine().getErr().flush();
  }
}
