package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.launch.CommandName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code seal train}: runs a recipe of the kind {@code train}. */
@Command(
    name = "train",
    description =
        "Fine-tune a model on rows of your own: an adapter, or all weights. Rows are JSON lines with"
            + " messages, with prompt and completion, or with text.",
    footer = {
      "",
      "Examples:",
      "  seal train --model models/smollm2.gguf --data rows.jsonl --out runs/mine",
      "  seal generate --model models/smollm2.gguf --adapter runs/mine/adapter \\",
      "      --prompt \"Question: ...\"",
      "  seal train --model models/base --data rows.jsonl --validation held.jsonl \\",
      "      --epochs 5 --patience 2 --lora-rank 32 --lora-alpha 64 --merge"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class TrainCommand extends RecipeCommand {
  static final String KIND = "train";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf file, or hf:OWNER/NAME of a fetched model (model.path).")
  private @Nullable Path model;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "The rows, one JSON object a line (data.rows).")
  private @Nullable Path data;

  @Mixin private TrainOptions options;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description =
          "A recipe of the kind train, by name or path. Default: train, whose keys --set changes.")
  private @Nullable String recipe;

  @Override
  @Nullable String recipe() {
    return recipe == null && !resumes() ? KIND : recipe;
  }

  @Override
  String example() {
    return CommandName.with(KIND, "--model", "MODEL", "--data", "FILE");
  }

  @Override
  List<String> changes() {
    List<String> changes = new ArrayList<>(super.changes());
    TrainOptions.add(changes, "model.path", model);
    TrainOptions.add(changes, "data.rows", data);
    changes.addAll(options.changes());
    return changes;
  }

  @Override
  void require(Experiment<?> kind) {
    OneKind.require(KIND, kind);
  }
}
