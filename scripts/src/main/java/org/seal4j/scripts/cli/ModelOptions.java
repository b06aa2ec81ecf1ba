package org.seal4j.scripts.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.lora.text.TextModel;
import picocli.CommandLine.Option;

/** The options of every command that goes from text to text. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "A model folder, or a llama2.c .bin file.")
  private Path model;

  @Option(names = "--adapter", paramLabel = "DIR", description = "A PEFT adapter over the model.")
  private @Nullable Path adapter;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description = "A tokenizer's file or folder; default: the one beside the model.")
  private @Nullable Path tokenizer;

  /** Reads them all; the caller closes the model. */
  TextModel open() {
    return TextModel.open(model, tokenizer, adapter);
  }
}
