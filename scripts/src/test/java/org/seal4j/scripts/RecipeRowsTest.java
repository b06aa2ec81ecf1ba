package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/**
 * Every recipe in small, from the command line: its rows, weights and cache key are what they were.
 * The README in {@code src/test/resources/recipe-rows} says what is compared and how it is written
 * anew.
 */
@Tag("slow")
class RecipeRowsTest {
  private static final Path STORED =
      Repository.root().resolve("scripts/src/test/resources/recipe-rows");
  private static final String MODEL_RECIPE = "tinystories-quick";
  private static final int SHOWN = 10;

  @TempDir static Path temp;

  /** The folders of finished runs by recipe. */
  private static final Map<String, Path> RUNS = new HashMap<>();

  static List<String> recipes() throws IOException {
    return names(Repository.root().resolve("scripts/recipes"), ".yaml");
  }

  /** All recipes, or those that are named with commas in {@code seal.rows.only}. */
  static List<String> chosen() throws IOException {
    String only = System.getProperty("seal.rows.only", "");
    return only.isEmpty() ? recipes() : List.of(only.split(","));
  }

  private static List<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void every_recipe_has_a_small_form() throws IOException {
    assertThat(names(STORED.resolve("settings"), ".txt")).isEqualTo(recipes());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chosen")
  void the_rows_of_the_small_form_are_what_they_were(String recipe) throws IOException {
    boolean write = Boolean.getBoolean("seal.rows.write");
    Path expected = STORED.resolve("expected-" + MatrixKernels.fingerprint());
    Assumptions.assumeTrue(
        write || Files.isDirectory(expected),
        () ->
            "no rows are stored for the matrix kernels of this machine, "
                + MatrixKernels.fingerprint()
                + "; the build takes those of AVX2 on every x86-64 machine: OPENBLAS_CORETYPE=Haswell");
    List<ListedTable> now = ListedRun.of(run(recipe), cache(recipe), folders());
    Path file = expected.resolve(recipe + ".txt");
    if (write) {
      Files.createDirectories(expected);
      Files.writeString(file, ListedTable.text(now));
      Assumptions.abort("written, not compared: " + file);
    }
    assertThat(file).as("the rows of a new recipe are written as the README says").exists();
    List<String> differences = ListedTable.differences(ListedTable.parse(file), now);
    assertThat(differences.stream().limit(SHOWN).toList())
        .as("recipe %s: %d differences, expected from %s", recipe, differences.size(), file)
        .isEmpty();
  }

  /** Placeholders of settings, by the folders that they stand for. */
  private static Map<String, Path> folders() {
    return Map.of("${data}", STORED.resolve("data"), "${model}", temp.resolve("model"));
  }

  private static Path home(String recipe) {
    return temp.resolve("home-" + recipe);
  }

  private static Path cache(String recipe) {
    return home(recipe).resolve(".cache");
  }

  /** The folder of the recipe's run, which is made once. */
  private static Path run(String recipe) throws IOException {
    Path known = RUNS.get(recipe);
    if (known != null) {
      return known;
    }
    Path run = temp.resolve("run-" + recipe);
    List<String> line = new ArrayList<>(List.of("run", recipe, "--quiet", "--set=seed=1"));
    line.add("--workers=" + Integer.getInteger("seal.rows.workers", 2));
    line.add("--out=" + run);
    for (String setting : SmallForm.settings(recipe)) {
      line.add("--set=" + withFolders(setting));
    }
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    Path home = RecipeHome.at(home(recipe), recipes().toArray(String[]::new));
    Seal seal = new Seal(Experiments.onClassPath(), Optional.of(home), (args, more) -> 99);
    assertThat(seal.run(line, writer, writer)).as(said.toString()).isZero();
    RUNS.put(recipe, run);
    return run;
  }

  private static String withFolders(String setting) throws IOException {
    if (setting.contains("${model}") && !Files.exists(folders().get("${model}"))) {
      Files.createSymbolicLink(folders().get("${model}"), run(MODEL_RECIPE).resolve("model"));
    }
    String filled = setting;
    for (Map.Entry<String, Path> folder : folders().entrySet()) {
      filled = filled.replace(folder.getKey(), folder.getValue().toString());
    }
    return filled;
  }
}
