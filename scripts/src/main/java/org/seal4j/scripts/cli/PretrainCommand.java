package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.launch.CommandName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code seal pretrain}: runs a recipe of the kind {@code pretrain}. */
@Command(
    name = "pretrain",
    description = "Train a tokenizer and a small language model on text, as a Hugging Face folder.",
    footer = {
      "",
      "Examples:",
      "  seal pretrain --recipe tinystories-quick --text stories.txt",
      "  seal generate --model runs/tinystories-quick-20260131-120000/model \\",
      "      --prompt \"Once upon a time\""
    },
    sortOptions = false)
final class PretrainCommand extends RecipeCommand {
  static final String KIND = "pretrain";

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description = "Name of a recipe of the kind pretrain, or path of a recipe file.")
  private @Nullable String recipe;

  @Option(
      names = "--text",
      paramLabel = "PATH",
      description = "A text in UTF-8, or a folder of .txt files; the same as --set data.text=PATH.")
  private @Nullable Path text;

  @Override
  @Nullable String recipe() {
    return recipe;
  }

  @Override
  String example() {
    return CommandName.with(KIND, "--recipe", "tinystories-quick", "--text", "FILE");
  }

  @Override
  List<String> changes() {
    List<String> changes = new ArrayList<>(super.changes());
    TrainOptions.add(changes, "data.text", text);
    return changes;
  }

  @Override
  void require(Experiment<?> kind) {
    OneKind.require(KIND, kind);
  }
}
