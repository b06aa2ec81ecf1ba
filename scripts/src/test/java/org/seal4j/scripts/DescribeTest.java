package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.OldFiles.Said;
import org.seal4j.scripts.recipe.RecipeBook;

/**
 * {@code seal describe} for the shipped recipes, held against the models that their small forms
 * left when {@link RecipeRowsTest} ran them.
 */
@Tag("slow")
class DescribeTest {
  private static final Path SMALL =
      Repository.root().resolve("scripts/src/test/resources/recipe-rows");
  private static final String GIVEN = "model.path=";

  @TempDir Path home;

  static List<String> recipes() {
    return RecipeBook.open(Optional.of(Repository.root())).names();
  }

  /** Recipes that train their model. */
  static List<String> trained() {
    List<String> trained = new ArrayList<>(recipes());
    trained.removeAll(given());
    return trained;
  }

  /** Recipes that are given a model and leave no pretrained weights. */
  static List<String> given() {
    List<String> given = new ArrayList<>();
    for (String recipe : recipes()) {
      if (SmallForm.settings(recipe).stream().anyMatch(setting -> setting.startsWith(GIVEN))) {
        given.add(recipe);
      }
    }
    return given;
  }

  @ParameterizedTest
  @MethodSource("trained")
  void a_recipe_is_described_with_graphs_and_parameters(String recipe) {
    Said said = OldFiles.seal(Repository.root(), "describe", recipe);
    requireGraphs(recipe, said);
  }

  @ParameterizedTest
  @MethodSource("given")
  void a_recipe_for_a_given_model_asks_for_it_and_describes_it(String recipe) {
    Said asked = OldFiles.seal(Repository.root(), "describe", recipe);
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(asked.out()).startsWith(recipe + ": ").contains("--set " + GIVEN);
    Path model = OldFiles.FOLDER.resolve("model");
    Said said = OldFiles.seal(Repository.root(), "describe", recipe, "--set=" + GIVEN + model);
    requireGraphs(recipe, said);
    assertThat(said.out().lines())
        .contains(String.format(Locale.ROOT, "%,d parameters", counted(model)));
  }

  private static void requireGraphs(String recipe, Said said) {
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith(recipe + ": ").containsPattern("(?m)^total: [1-9]\\d* nodes");
    assertThat(said.out()).containsPattern("(?m)^[\\d,]+ parameters$");
  }

  /** The numbers in the tensors of a model's folder. */
  private static long counted(Path model) {
    try (ModelFolder folder = ModelFolder.load(model)) {
      return folder.weights().parameterCount();
    }
  }

  @ParameterizedTest
  @MethodSource("trained")
  void the_parameters_are_as_many_as_the_run_of_the_small_form_trained(String recipe)
      throws IOException {
    List<Object> line = new ArrayList<>(List.of("describe", recipe));
    for (String setting : SmallForm.settings(recipe)) {
      line.add("--set=" + setting.replace("${data}", SMALL.resolve("data").toString()));
    }
    Said said =
        OldFiles.seal(RecipeHome.at(home, recipes().toArray(String[]::new)), line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out().lines())
        .contains(String.format(Locale.ROOT, "%,d parameters", trainedNumbers(recipe)));
  }

  /** The numbers in all tensors of the pretrained model, from the shapes in the stored listing. */
  private static long trainedNumbers(String recipe) throws IOException {
    List<Path> listings;
    try (Stream<Path> kernels = Files.list(SMALL)) {
      listings =
          kernels
              .map(folder -> folder.resolve(recipe + ".txt"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    assertThat(listings).as("stored rows of %s", recipe).isNotEmpty();
    ListedTable weights =
        ListedTable.parse(listings.get(0)).stream()
            .filter(table -> table.name().equals("pretrained/weights.safetensors"))
            .findFirst()
            .orElseThrow();
    return weights.rows().stream().mapToLong(row -> size(row.get(1))).sum();
  }

  /** The product of the shape in {@code F32[3,4]}. */
  private static long size(String type) {
    String[] shape = type.substring(type.indexOf('[') + 1, type.length() - 1).split(",");
    return Stream.of(shape).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
  }
}
