package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.json.Json;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal recipes list|show|copy|validate}. */
@Command(
    name = "recipes",
    description = "List, show, copy and check recipes.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class RecipesCommand implements Runnable {
  private static final String AS_JSON = "Print the same as JSON.";

  /** A recipe's text. */
  private record Text(String recipe, boolean effective, String yaml) {}

  /** Where a recipe went. */
  private record Copied(String recipe, String copiedTo) {}

  /**
   * Whether a recipe can be run.
   *
   * @param problem why not, empty where it can
   */
  private record Checked(String recipe, boolean valid, String problem) {
    String line() {
      return valid ? "ok       " + recipe : "refused  " + recipe + ": " + problem;
    }
  }

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Failures.commandMissing(spec.commandLine());
  }

  @Command(name = "list", description = "List the recipes that are known by name.")
  void list(@Option(names = "--json", description = AS_JSON) boolean json) {
    if (json) {
      print(RecipeList.heads(seal.book()));
    } else {
      RecipeList.lines(seal.book(), Screen.here().columns()).forEach(out()::println);
    }
  }

  @Command(name = "show", description = "Show a recipe with its comments.", sortOptions = false)
  void show(
      @Parameters(paramLabel = "RECIPE", description = "Name of a recipe, or path of a file.")
          String recipe,
      @Option(
              names = "--effective",
              description = "Show every key after 'extends' and --set, without comments.")
          boolean effective,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "With --effective: change a key of the recipe; may be repeated.")
          List<String> sets,
      @Option(names = "--json", description = AS_JSON) boolean json) {
    List<String> changes = sets == null ? List.of() : sets;
    Checks.require(effective || changes.isEmpty(), "--set shows only with --effective");
    String yaml =
        effective ? effective(seal.book().load(recipe, changes)) : seal.book().text(recipe);
    if (json) {
      print(new Text(recipe, effective, yaml));
    } else {
      out().print(Shown.lines(yaml));
      out().flush();
    }
  }

  @Command(name = "copy", description = "Copy a recipe to a file that you can edit.")
  void copy(
      @Parameters(index = "0", paramLabel = "RECIPE", description = "Name of a recipe.")
          String recipe,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "FILE",
              description = "Output path; default: RECIPE.yaml in this folder.")
          @Nullable Path file,
      @Option(names = "--json", description = AS_JSON) boolean json) {
    String text = seal.book().text(recipe);
    Path to = file != null ? file : Path.of(Path.of(recipe).getFileName() + ".yaml");
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Checks.refuse("cannot write %s: there is no folder %s", to, folder);
    }
    try {
      Files.writeString(to, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw Checks.refuse("%s exists already; name another file", to);
    } catch (IOException e) {
      throw Checks.refuse("cannot write %s: %s", to, AtomicFile.reason(e));
    }
    if (json) {
      print(new Copied(recipe, to.toString()));
      return;
    }
    String run = isPlainName(to) ? "./" + to : to.toString();
    out().println(Shown.line("copied to " + to + "; run it with: " + CommandName.with("run", run)));
  }

  /** Whether a command would take this path for the name of a recipe. */
  private static boolean isPlainName(Path file) {
    return file.getNameCount() == 1 && !file.isAbsolute() && !file.toString().endsWith(".yaml");
  }

  @Command(name = "validate", description = "Check all recipes, or the named ones.")
  void validate(
      @Parameters(arity = "0..*", paramLabel = "RECIPE", description = "Names or paths of files.")
          @Nullable List<String> recipes,
      @Option(names = "--json", description = AS_JSON) boolean json) {
    List<String> chosen = recipes == null || recipes.isEmpty() ? seal.book().names() : recipes;
    List<Checked> all = new ArrayList<>();
    for (String recipe : chosen) {
      Checked checked = check(recipe);
      all.add(checked);
      if (!json) {
        out().println(checked.line());
      }
    }
    if (json) {
      print(all);
    }
    List<String> refused = all.stream().filter(one -> !one.valid()).map(Checked::recipe).toList();
    Checks.require(
        refused.isEmpty(), "%d of %d recipes refused: %s", refused.size(), chosen.size(), refused);
  }

  private Checked check(String recipe) {
    try {
      String unused = effective(seal.book().load(recipe, List.of()));
      return new Checked(recipe, true, "");
    } catch (InputException e) {
      return new Checked(recipe, false, String.valueOf(e.getMessage()));
    }
  }

  private void print(Object value) {
    out().print(Json.pretty(value));
    out().flush();
  }

  private String effective(RecipeDraft draft) {
    return draft.effectiveYaml(draft.bind(seal.kindOf(draft).keys()));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
