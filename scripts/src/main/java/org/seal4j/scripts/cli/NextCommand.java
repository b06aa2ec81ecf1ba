package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.run.RunFolder;

/** What a person most likely does after a run. */
final class NextCommand {
  private static final String TRIAL = "-smoke";
  private static final String SERIOUS = "-quick";

  private NextCommand() {}

  /** What the kind itself suggests, else as {@link #after(RecipeHead, Collection, Path)}. */
  static <C extends Record> String after(
      Experiment<C> kind, C config, RecipeHead head, Collection<String> recipes, Path folder) {
    return kind.next(config, folder)
        .map(CommandName::with)
        .orElseGet(() -> after(head, recipes, folder));
  }

  /**
   * After a trial the recipe whose figures count; after a pretraining a text by the new model; else
   * the same run with another seed.
   *
   * @param recipes names that are known
   * @param folder of the run that has ended
   */
  static String after(RecipeHead head, Collection<String> recipes, Path folder) {
    if (head.kind().equals(PretrainCommand.KIND)) {
      return CommandName.with(
          List.of(
              "generate",
              "--model",
              folder.resolve("model").toString(),
              "--prompt",
              "Once upon a time"));
    }
    String serious = head.recipe().replace(TRIAL, SERIOUS);
    if (head.recipe().endsWith(TRIAL) && recipes.contains(serious)) {
      return CommandName.with(List.of("run", serious));
    }
    return CommandName.with(
        List.of(
            "run",
            folder.resolve(RunFolder.EFFECTIVE).toString(),
            "--set",
            "seed=" + (head.seed() + 1)));
  }
}
