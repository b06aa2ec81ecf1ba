package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.RecipeKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal describe}. */
@Command(
    name = "describe",
    description = "Show what a recipe builds: graph nodes, shapes, parameters, what is trainable.",
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class DescribeCommand implements Runnable {
  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RECIPE", description = "Name of a recipe, or path of a recipe file.")
  private String recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a key of the recipe, such as inner.lora.rank=8; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Override
  public void run() {
    RecipeDraft draft = seal.book().load(recipe, sets);
    describe(seal.kindOf(draft), draft);
  }

  private <C extends Record> void describe(RecipeKind<C> kind, RecipeDraft draft) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(draft.head().recipe() + ": " + draft.head().about());
    out.println(kind.describe(draft.bind(kind.configType())).stripTrailing());
  }
}
