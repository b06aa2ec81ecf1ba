package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.hub.HubPath;
import org.seal4j.data.json.Json;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.io.SameDiffExport;
import org.seal4j.model.Weights;
import org.seal4j.model.gguf.GgufExport;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.model.weights.WeightsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal export}: writes a model, with an adapter merged into it or not, for others. */
@Command(
    name = "export",
    description =
        "Write a model as a Hugging Face folder, a GGUF file or a SameDiff file, optionally with an"
            + " adapter; or an adapter alone.",
    footer = {
      "",
      "Examples:",
      "  seal export --format hf --model models/base --adapter runs/one/adapter \\",
      "      --out models/merged",
      "  seal export --format hf --model runs/one/checkpoints/round-2.safetensors \\",
      "      --out models/mine",
      "  seal export --format gguf --type q8_0 --model models/base \\",
      "      --adapter runs/one/adapter --out merged.gguf",
      "  seal export --format lora --model models/base --adapter runs/one/adapter \\",
      "      --out adapter.gguf",
      "  seal export --format samediff --length 128 --model models/base \\",
      "      --adapter runs/one/adapter --out base.sd"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ExportCommand implements Callable<Integer> {
  /** The forms that are written. */
  enum Format {
    HF("Hugging Face folder"),
    GGUF("GGUF file"),
    LORA("GGUF file of an adapter"),
    PEFT("PEFT folder"),
    SAMEDIFF("SameDiff file");

    private final String words;

    Format(String words) {
      this.words = words;
    }

    boolean isFile() {
      return this == GGUF || this == LORA || this == SAMEDIFF;
    }

    boolean isAdapter() {
      return this == LORA || this == PEFT;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was written.
   *
   * @param adapter the one that was merged or written, empty for none
   */
  private record Written(String writtenTo, String format, String adapter) {}

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "hf|gguf|lora|peft|samediff",
      defaultValue = "hf",
      description =
          "hf for a Hugging Face folder (config.json, model.safetensors), gguf for a file of"
              + " llama.cpp; lora for the adapter alone as a file of llama.cpp, peft for it as a folder;"
              + " samediff for a graph of stock ops with its gradients, for programs with ND4J alone."
              + " Default: hf.")
  private Format format;

  @Option(
      names = "--type",
      paramLabel = "f32|f16|q8_0|q4_0",
      description =
          "How gguf stores the linears (default f16), lora the factors (f32 or f16; f32).")
  private @Nullable GgufType type;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description =
          "The tokenizer that goes into a gguf: a tokenizer.json or another gguf; default: the"
              + " model's own.")
  private @Nullable Path tokenizer;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf or llama2.c .bin file, the .safetensors weights of a run, or"
              + " hf:OWNER/NAME of a fetched model.")
  private Path model;

  @Option(
      names = "--adapter",
      paramLabel = "ADAPTER",
      description =
          "An adapter, a PEFT folder, a .gguf file or hf:OWNER/NAME: merged into the weights,"
              + " written alone, or with samediff kept apart so that it can be trained on.")
  private @Nullable Path adapter;

  @Option(
      names = "--context",
      paramLabel = "N",
      description =
          "Longest text in tokens; needed for the weights of a run that trained its own model, which"
              + " do not state it.")
  private int context;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Sequences that the graph of a samediff file computes at a time. Default: 1.")
  private @Nullable Integer batch;

  @Option(
      names = "--length",
      paramLabel = "T",
      description = "Tokens of each of these sequences, padding included. Default: 64.")
  private @Nullable Integer length;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "A folder that is new or empty (new for peft); with gguf, lora and samediff a new file.")
  private Path out;

  @Option(names = "--json", description = "Print what was written as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return ComputeBackend.run(seal, this::write);
  }

  private void write() {
    model = HubPath.local(model);
    adapter = adapter == null ? null : HubPath.local(adapter);
    tokenizer = tokenizer == null ? null : HubPath.local(tokenizer);
    requireFitting();
    NewOutput.write(out, spec.commandLine().getErr(), this::writeFiles);
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      String taken = adapter == null ? "" : adapter.toString();
      to.print(Json.pretty(new Written(out.toString(), format.label(), taken)));
    } else {
      to.println("written to " + out + " (" + format.words + ")");
    }
    to.flush();
  }

  private void writeFiles() {
    if (adapter != null && format.isAdapter()) {
      AdapterExport export = new AdapterExport(spec, model, adapter);
      if (format == Format.LORA) {
        export.gguf(type, out);
      } else {
        export.peft(out);
      }
    } else if (isFromRun()) {
      try (Weights weights = WeightsFile.load(WeightsFile.config(model), model)) {
        if (format == Format.SAMEDIFF) {
          sameDiff(weights);
          return;
        }
        merge(weights);
        if (format == Format.GGUF) {
          gguf(weights, context, List.of(), Optional.empty());
        } else {
          ModelFolder.save(weights, context, List.of(), out);
        }
      }
    } else {
      try (ModelFolder folder = ModelFolder.load(model)) {
        if (format == Format.SAMEDIFF) {
          sameDiff(folder.weights());
          return;
        }
        merge(folder.weights());
        if (format == Format.GGUF) {
          gguf(folder.weights(), folder.context(), folder.endTokens(), folder.tokenizer());
        } else {
          folder.save(out);
        }
      }
    }
  }

  /** Whether the model is a run's weights that nothing beside them describes. */
  private boolean isFromRun() {
    return model.toString().endsWith(".safetensors") && ModelFolder.describes(model).isEmpty();
  }

  private void requireFitting() {
    boolean needsContext = isFromRun() && !format.isAdapter() && format != Format.SAMEDIFF;
    Checks.require(
        !needsContext || context > 0,
        "--context is missing: %s does not say how long its model's texts may be",
        model);
    Checks.require(
        needsContext || context == 0,
        "--context goes with the .safetensors weights of a run; %s says its own",
        model);
    Checks.require(
        (format.isFile() || type == null) && (format == Format.GGUF || tokenizer == null),
        "--type and --tokenizer go with --format gguf, --type with lora too");
    Checks.require(
        format == Format.SAMEDIFF || (batch == null && length == null),
        "--batch and --length go with --format samediff");
    Checks.require(
        !format.isAdapter() || adapter != null,
        "--format %s writes an adapter alone; name it with --adapter",
        format.label());
    Checks.require(
        !(format.isFile() || format.isAdapter()) || !Files.exists(out),
        "%s exists; name a new %s",
        out,
        format.isFile() ? "file for the model" : "folder for the adapter");
  }

  private void gguf(Weights weights, int length, List<Integer> ends, Optional<Path> own) {
    Path words =
        Optional.ofNullable(tokenizer)
            .or(() -> own)
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s has no tokenizer, which a gguf carries; name one with --tokenizer",
                        model));
    Path file = Files.isDirectory(words) ? words.resolve("tokenizer.json") : words;
    GgufType stored = type == null ? GgufType.F16 : type;
    GgufExport.write(weights, new GgufExport.About(model, length, ends, file, stored), out);
  }

  private void sameDiff(Weights weights) {
    BatchShape shape = new BatchShape(batch == null ? 1 : batch, length == null ? 64 : length);
    if (adapter == null) {
      SameDiffExport.write(weights, null, shape, out);
      return;
    }
    try (PeftAdapter read = PeftAdapter.load(adapter, weights.config());
        AdapterBank bank = read.toBank()) {
      ModelOptions.warn(spec, read.warnings(weights));
      SameDiffExport.write(weights, bank, shape, out);
    }
  }

  private void merge(Weights weights) {
    if (adapter != null) {
      try (PeftAdapter read = PeftAdapter.load(adapter, weights.config());
          AdapterBank bank = read.toBank()) {
        ModelOptions.warn(spec, read.warnings(weights));
        Merge.merge(weights, bank, 0).close();
      }
    }
  }
}
