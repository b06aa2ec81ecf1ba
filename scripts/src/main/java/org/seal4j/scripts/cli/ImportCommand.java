package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.lora.text.ModelSummary;
import org.seal4j.model.weights.ModelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal import}: checks a model of others, says what it is, and converts it. */
@Command(
    name = "import",
    description = "Check a model, print a summary, and convert it.",
    footer = {
      "",
      "Reads Hugging Face folders (llama, mistral, qwen2, qwen3, smollm3, gemma2, gemma3_text;"
          + " safetensors, F32, F16 or BF16, in one file or in parts), GGUF files (of the same families; F32 to Q2_K) and"
          + " llama2.c checkpoints. Every"
          + " command that takes --model reads them as they are; --out makes one plain float32 folder"
          + " of them.",
      "",
      "Examples:",
      "  seal import models/Qwen2.5-0.5B",
      "  seal import SmolLM2-135M-Instruct.Q4_1.gguf --out models/smollm2",
      "  seal import stories260K.bin --out models/stories"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ImportCommand implements Callable<Integer> {
  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf file, a llama2.c .bin file, or hf:OWNER/NAME of a fetched"
              + " model.")
  private Path source;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write it as a Hugging Face folder in float32; the folder must be new or empty.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return ComputeBackend.run(seal, this::read);
  }

  private void read() {
    PrintWriter to = spec.commandLine().getOut();
    try (ModelFolder model = ModelFolder.load(source)) {
      Map<String, String> facts = new LinkedHashMap<>(ModelSummary.of(model));
      if (!json) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(1);
        facts.forEach((name, fact) -> to.printf("%-" + width + "s  %s%n", name, Shown.line(fact)));
      }
      if (out != null) {
        Path folder = out;
        NewOutput.write(folder, spec.commandLine().getErr(), () -> model.save(folder));
        facts.put("writtenTo", out.toString());
        if (!json) {
          to.println("written to " + out);
        }
      }
      if (json) {
        to.print(Shown.lines(Json.pretty(facts)));
        to.flush();
      }
    }
  }
}
