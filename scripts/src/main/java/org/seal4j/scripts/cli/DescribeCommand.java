package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.model.graph.GraphListing;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.run.Screen;
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

  @Option(
      names = "--dot",
      description = "Draw the graphs in the DOT language: seal describe RECIPE --dot | dot -Tsvg.")
  private boolean dot;

  @Option(names = "--json", description = "Print all of it as JSON.")
  private boolean json;

  /** What is printed as JSON. */
  private record Described(
      String recipe,
      String kind,
      String about,
      List<String> model,
      Map<String, GraphListing> graphs) {}

  @Override
  public void run() {
    Checks.require(!dot || !json, "--dot and --json exclude each other");
    RecipeDraft draft = seal.book().load(recipe, sets);
    describe(seal.kindOf(draft), draft);
  }

  private <C extends Record> void describe(Experiment<C> kind, RecipeDraft draft) {
    PrintWriter out = spec.commandLine().getOut();
    if (!dot && !json) {
      String title = Shown.line(draft.head().recipe() + ": " + draft.head().about());
      WrappedText.lines(title, Screen.here().columns(), 2).forEach(out::println);
    }
    Description description = new Description(dot, Screen.here().columns());
    C keys = draft.bind(kind.keys());
    kind.requireMemory(keys);
    kind.describe(keys, description);
    if (json) {
      RecipeHead head = draft.head();
      out.print(
          Json.pretty(
              new Described(
                  head.recipe(),
                  head.kind(),
                  head.about(),
                  description.said(),
                  description.graphs())));
      out.flush();
    } else {
      out.println(Shown.lines(description.toString().stripTrailing()));
    }
  }
}
