package org.seal4j.scripts.cli;

import org.jspecify.annotations.Nullable;
import org.seal4j.scripts.launch.CommandName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code seal run}: runs any recipe. */
@Command(
    name = "run",
    description = "Run a recipe.",
    footer = {
      "",
      "Examples:",
      "  seal run arc-quick",
      "  seal run arc-quick --set seed=7 --out runs/seven",
      "  seal run --resume runs/seven"
    },
    sortOptions = false)
final class RunCommand extends RecipeCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "Name of a recipe, or path of a recipe file; with --resume it may be left out.")
  private @Nullable String recipe;

  @Override
  @Nullable String recipe() {
    return recipe;
  }

  @Override
  String example() {
    return CommandName.with("run", "arc-quick");
  }
}
