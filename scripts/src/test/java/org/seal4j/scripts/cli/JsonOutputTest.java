package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.run.Experiments;

/** With {@code --json} a command prints one JSON value and nothing else. */
class JsonOutputTest {
  private static final String PASSAGES =
      """
{"version": "1.1", "data": [{"title": "Rome", "paragraphs": [{"context": "It fell in 476.",
 "qas": [{"id": "1", "question": "When?", "answers": [{"text": "476", "answer_start": 11}]}]}]}]}
""";

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write_a_recipe() throws IOException {
    Path recipes = Files.createDirectories(home.resolve("scripts/recipes"));
    Files.writeString(recipes.resolve("times.yaml"), ToyExperiment.YAML);
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Experiments kinds = new Experiments(List.of(new ToyExperiment()));
    Seal seal = new Seal(kinds, Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private JsonNode json(Object... args) {
    assertThat(seal(args)).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    return Json.parse(out.toString(), JsonNode.class, "standard output");
  }

  @Test
  void versions() {
    JsonNode versions = json("version", "--json");
    assertThat(versions.get("seal").textValue()).isEqualTo(Version.of("seal"));
    assertThat(versions.get("java").textValue()).isEqualTo(Runtime.version().toString());
    assertThat(versions.fieldNames())
        .toIterable()
        .containsExactly("seal", "nd4j", "java", "system");
  }

  @Test
  void findings_of_the_doctor() {
    JsonNode found = json("doctor", "--json", "--backend", "cpu");
    assertThat(found.get("sound").booleanValue()).isTrue();
    assertThat(found.findValuesAsText("topic")).contains("backend", "kernels", "ops");
  }

  @Test
  void recipes() throws IOException {
    JsonNode list = json("recipes", "list", "--json");
    assertThat(list).hasSize(1);
    assertThat(list.at("/0/recipe").textValue()).isEqualTo("times");
    assertThat(list.at("/0/kind").textValue()).isEqualTo("toy");
    assertThat(json("recipes", "show", "times", "--json").get("yaml").textValue())
        .isEqualTo(ToyExperiment.YAML);
    assertThat(
            json("recipes", "show", "times", "--json", "--effective", "--set", "a=1")
                .get("yaml")
                .textValue())
        .contains("\na: 1\n")
        .doesNotContain("#");
    Path copy = home.resolve("né w.yaml");
    assertThat(json("recipes", "copy", "times", copy, "--json").get("copiedTo").textValue())
        .isEqualTo(copy.toString());
    assertThat(copy).hasContent(ToyExperiment.YAML);
  }

  @Test
  void checked_recipes_with_the_exit_code_of_a_refusal() throws IOException {
    Files.writeString(
        home.resolve("scripts/recipes/bad.yaml"), ToyExperiment.YAML.replace("toy", "tpy"));
    assertThat(seal("recipes", "validate", "--json")).isEqualTo(2);
    JsonNode all = Json.parse(out.toString(), JsonNode.class, "standard output");
    assertThat(all.findValuesAsText("recipe")).containsExactly("bad", "times");
    assertThat(all.findValuesAsText("valid")).containsExactly("false", "true");
    assertThat(all.at("/0/problem").textValue()).contains("there is no kind 'tpy'");
    assertThat(err.toString()).contains("1 of 2 recipes refused").hasLineCount(1);
  }

  @Test
  void a_description() {
    JsonNode described = json("describe", "times", "--set", "a=2", "--json");
    assertThat(described.get("recipe").textValue()).isEqualTo("times");
    assertThat(described.at("/model/0").textValue()).isEqualTo("a product of 2 and 7");
    assertThat(described.get("graphs").isObject()).isTrue();
    assertThat(seal("describe", "times", "--dot", "--json")).isEqualTo(2);
    assertThat(err.toString()).contains("--dot and --json exclude each other");
  }

  @Test
  void a_summary_of_passages_in_a_file_with_any_name() throws IOException {
    Path file = home.resolve("zoë \uD83D\uDE00 中.json");
    Files.writeString(file, PASSAGES);
    JsonNode summary = json("passages", file, "--json");
    assertThat(summary.get("passages").intValue()).isEqualTo(1);
    assertThat(summary.get("questions").intValue()).isEqualTo(1);
    assertThat(summary.get("impossible").intValue()).isZero();
  }

  @Test
  void an_imported_and_an_exported_model() {
    Path model = home.resolve("modèle");
    try (Weights weights = Weights.random(ModelConfig.small(9, 8, 1, 1, 8), 0.5, 1, Seeds.of(4))) {
      ModelFolder.save(weights, 77, List.of(3), model);
    }
    JsonNode read = json("import", model, "--out", home.resolve("copie é"), "--json");
    assertThat(read.get("vocabulary").textValue()).startsWith("9 ids");
    assertThat(read.get("writtenTo").textValue()).endsWith("copie é");
    JsonNode written = json("export", "--model", model, "--out", home.resolve("ß"), "--json");
    assertThat(written.get("writtenTo").textValue()).isEqualTo(home.resolve("ß").toString());
    assertThat(written.get("format").textValue()).isEqualTo("hf");
    assertThat(written.get("adapter").textValue()).isEmpty();
    assertThat(home.resolve("ß/config.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate", "eval perplexity", "eval squad", "grade calibrate", "grade proxy", "passages",
        "describe", "recipes list", "recipes show", "recipes copy", "recipes validate", "version",
        "export", "import", "solve", "models"
      })
  @Tag("slow")
  void every_command_that_prints_a_result_has_it(String command) {
    assertThat(seal((Object[]) (command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("--json");
  }

  @Test
  void the_help_says_what_exit_codes_mean() {
    assertThat(seal("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes:").containsPattern("  2 +Wrong input");
  }
}
