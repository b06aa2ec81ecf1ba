package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.scripts.run.Experiments;

class SealTest {
  private static final String ARTICLE =
      """
      {"title": "Article %1$d", "context": "Text.", "completions": [{"text": "It is.",
       "stats": {"baseline_mean": 0.0, "adapter_mean": 1.0},
       "questions": [{"question": "Where is %1$d?", "answer": "Rome", "baseline_answer": "Paris",
         "baseline_correct": false, "adapter_answer": "In Rome.", "adapter_correct": true}]}]}
      """;

  @TempDir Path home;
  private final ToyExperiment kind = new ToyExperiment();
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
    Seal seal =
        new Seal(new Experiments(List.of(kind)), Optional.of(home), (again, environment) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private Path folder(String name) {
    return home.resolve("runs").resolve(name);
  }

  @Test
  void a_run_names_its_backend_first_and_prints_result_and_folder() {
    assertThat(seal("run", "times", "--out", folder("r"), "--set", "b=8", "--workers", 3)).isZero();
    assertThat(out.toString().lines().toList())
        .startsWith(
            "seal 0.1.0-SNAPSHOT: times, backend cpu (CpuBackend), 3 workers, seed 5.",
            "        Multiplies two numbers.")
        .contains(
            "working",
            "",
            "condition     share       n   95 % interval   0        50      100%",
            "toy          50.0 %       2     9.5 –  90.5   ..--------*--------..",
            "6 x 8 = 48.",
            "in short: toy 50.0 %.",
            "report:   " + folder("r").resolve("report.html"),
            "next:     seal run " + folder("r").resolve("effective.yaml") + " --set seed=6")
        .anyMatch(line -> line.startsWith("time:   by the recipe, for all of it: no time;"))
        .anyMatch(line -> line.startsWith("writes: " + folder("r")));
    assertThat(err.toString()).isEmpty();
    assertThat(folder("r").resolve("summary.json")).content().contains("\"metric\" : \"products\"");
    assertThat(folder("r").resolve("report.html")).content().contains("6 x 8 = 48");
    assertThat(kind.workers).isEqualTo(3);
  }

  @Test
  void a_run_that_was_made_before_says_how_long_it_took_here() {
    seal("run", "times", "--out", folder("r"));
    assertThat(seal("run", "times", "--set", "seed=9", "--out", folder("s"))).isZero();
    assertThat(out.toString())
        .containsPattern("time:   about \\d+ s for all of it, as the last time here");
    assertThat(seal("run", "times", "--set", "b=9", "--out", folder("t"))).isZero();
    assertThat(out.toString()).contains("time:   by the recipe, for all of it: no time;");
  }

  @Test
  void a_quiet_run_prints_the_result_alone() {
    assertThat(seal("run", "times", "--quiet", "--out", folder("r"))).isZero();
    assertThat(out.toString().lines()).hasSize(2).first().asString().startsWith("condition");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void the_configuration_is_shown_on_request_only() {
    assertThat(seal("run", "times", "--show-config", "--set", "b=8", "--out", folder("r")))
        .isZero();
    assertThat(out.toString()).contains("  recipe: times\n", "  a: 6\n  b: 8\n");
  }

  @Test
  void a_result_as_JSON_is_the_summary_and_nothing_else() throws IOException {
    assertThat(seal("run", "times", "--json", "--out", folder("r"))).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(folder("r").resolve("summary.json")));
  }

  @Test
  void a_run_that_fails_before_its_first_result_leaves_no_folder() {
    assertThat(seal("run", "times", "--set", "a=13", "--out", folder("r"))).isEqualTo(2);
    assertThat(home.resolve("runs")).doesNotExist();
    assertThat(seal("run", "times", "--set", "a=0", "--out", folder("r"))).isEqualTo(1);
    assertThat(home.resolve("runs")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15})
  void memory_that_runs_out_is_one_sentence_with_the_limit_and_a_way_out(int a) {
    assertThat(seal("run", "times", "--set", "a=" + a, "--out", folder("r")))
        .isEqualTo(Seal.EXIT_MACHINE);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("seal: out of memory: tensors have filled the ")
        .contains("SEAL_JAVA_OPTS=");
  }

  @Test
  void output_that_could_not_be_written_is_a_failure_with_its_reason() {
    PrintWriter to = new PrintWriter(err, true);
    assertThat(Seal.afterOutput(0, Optional.empty(), to)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(Seal.afterOutput(0, Optional.of("No space left on device"), to))
        .isEqualTo(Seal.EXIT_MACHINE);
    assertThat(err.toString()).contains("standard output: No space left on device");
  }

  @Test
  void a_reader_that_has_seen_enough_gets_the_code_and_no_sentence() {
    PrintWriter to = new PrintWriter(err, true);
    assertThat(Seal.afterOutput(0, Optional.of("Broken pipe"), to)).isEqualTo(Seal.EXIT_MACHINE);
    assertThat(Seal.afterOutput(2, Optional.of("Broken pipe"), to)).isEqualTo(2);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void the_stored_configuration_is_a_recipe_that_does_the_same_again() {
    seal("run", "times", "--out", folder("r"), "--set", "b=8");
    assertThat(seal("run", folder("r").resolve("effective.yaml"), "--out", folder("s"), "--quiet"))
        .isZero();
    assertThat(folder("s").resolve("effective.yaml"))
        .hasSameTextualContentAs(folder("r").resolve("effective.yaml"));
  }

  @Test
  void a_run_is_resumed_by_its_folder_alone_or_with_its_very_recipe() {
    seal("run", "times", "--out", folder("r"), "--set", "b=8");
    assertThat(seal("run", "--resume", folder("r"))).isZero();
    assertThat(out.toString()).contains("times, resumed, backend cpu", "6 x 8 = 48");
    assertThat(seal("run", "times", "--set", "b=8", "--resume", folder("r"))).isZero();
    assertThat(seal("run", "times", "--resume", folder("r"))).isEqualTo(2);
    assertThat(err.toString()).contains("'b: 8' then, 'b: 7' now");
  }

  @Test
  void bad_input_is_one_sentence_and_exit_code_2() {
    assertThat(seal("run", "times", "--set", "a=13", "--out", folder("r"))).isEqualTo(2);
    assertThat(err.toString()).isEqualToNormalizingNewlines("seal: a must not be 13\n");
  }

  @Test
  void a_fault_is_one_sentence_and_exit_code_1_with_its_stack_only_when_asked_for() {
    assertThat(seal("run", "times", "--set", "a=0", "--out", folder("r"))).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "seal: internal error ArithmeticException: / by zero (--stacktrace shows where)\n");
    assertThat(seal("run", "times", "--set", "a=0", "--out", folder("s"), "--stacktrace"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("/ by zero\n", "at org.seal4j.scripts.cli.ToyExperiment.run");
  }

  @Test
  void asking_for_CUDA_is_refused_before_any_folder_is_made() {
    assertThat(seal("run", "times", "--backend", "cuda", "--out", folder("r"))).isEqualTo(2);
    assertThat(err.toString()).startsWith("seal: --backend cuda was asked for").hasLineCount(1);
    assertThat(folder("r")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run times --workrs 3   | seal run: unknown option '--workrs', did you mean '--workers'?; see seal run --help",
        "run times --wrkrs=3    | seal run: unknown option '--wrkrs', did you mean '--workers'?; see seal run --help",
        "rum times              | seal: unknown command 'rum', did you mean 'run'?; see seal --help",
        "run times extra        | seal run: unknown argument 'extra'; see seal run --help",
        "recipes                | seal recipes: missing command, one of copy, list, show, validate; see seal recipes --help",
        "run times --workers 0  | seal: --workers must be at least 1 but was 0",
        "run tims               | seal: there is no recipe 'tims'; did you mean 'times'?",
        "run                    | seal: name a recipe, such as: seal run arc-quick",
        "run times --out a --resume b | seal: --out and --resume exclude each other: a run has one folder",
        "run --resume no/where  | seal: no/where is not the folder of a run: it has no effective.yaml"
      })
  @Tag("slow")
  void a_wrong_command_line_is_one_sentence_with_the_nearest_word(String line, String message) {
    assertThat(seal((Object[]) line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isEqualToNormalizingNewlines(message + "\n");
  }

  @Test
  void run_without_a_recipe_lists_those_there_are() {
    assertThat(seal("run")).isEqualTo(2);
    assertThat(out.toString().strip()).isEqualTo("times  Multiplies two numbers. (no time)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "run --help",
        "pretrain --help",
        "recipes --help",
        "recipes list --help",
        "recipes show --help",
        "recipes copy --help",
        "recipes validate --help",
        "describe --help",
        "version --help"
      })
  @Tag("slow")
  void every_command_has_help(String line) {
    assertThat(seal((Object[]) line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: seal").contains("--help");
  }

  @Test
  void recipes_are_listed_shown_and_described() {
    assertThat(seal("recipes", "list")).isZero();
    assertThat(out.toString().strip()).isEqualTo("times  Multiplies two numbers. (no time)");
    assertThat(seal("recipes", "show", "times")).isZero();
    assertThat(out.toString()).isEqualTo(ToyExperiment.YAML);
    assertThat(seal("recipes", "show", "times", "--effective", "--set", "a=1")).isZero();
    assertThat(out.toString()).contains("\na: 1\nb: 7\n").doesNotContain("#");
    assertThat(seal("describe", "times", "--set", "a=2")).isZero();
    assertThat(out.toString()).contains("times: Multiplies two numbers.", "a product of 2 and 7");
  }

  @Test
  void a_recipe_is_copied_once_and_never_over_a_file() {
    Path copy = home.resolve("my own.yaml");
    assertThat(seal("recipes", "copy", "times", copy)).isZero();
    assertThat(out.toString()).endsWith("run it with: seal run '" + copy + "'\n");
    Path nowhere = home.resolve("nowhere/mine.yaml");
    assertThat(seal("recipes", "copy", "times", nowhere)).isEqualTo(2);
    assertThat(err.toString()).contains("there is no folder " + nowhere.getParent());
    assertThat(copy).hasContent(ToyExperiment.YAML);
    assertThat(seal("recipes", "copy", "times", copy)).isEqualTo(2);
    assertThat(err.toString()).contains("exists already");
    Path plain = home.resolve("mine\u001b[31m");
    assertThat(seal("recipes", "copy", "times", plain)).isZero();
    assertThat(out.toString()).endsWith("seal run '" + home + "/mine\\u001b[31m'\n");
  }

  @Test
  void validate_checks_every_recipe_and_fails_if_one_is_refused() throws IOException {
    assertThat(seal("recipes", "validate")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("ok       times\n");
    Path bad = home.resolve("scripts/recipes/bad.yaml");
    Files.writeString(bad, ToyExperiment.YAML.replace("kind: toy", "kind: tpy"));
    assertThat(seal("recipes", "validate")).isEqualTo(2);
    assertThat(out.toString())
        .contains("refused  bad: ", "bad.yaml:3: there is no kind 'tpy'", "ok       times");
    assertThat(err.toString()).contains("1 of 2 recipes refused: [bad]");
  }

  @Test
  void version_is_an_option_as_well() {
    assertThat(seal("version")).isZero();
    String command = out.toString();
    assertThat(seal("--version")).isZero();
    assertThat(out.toString()).isEqualTo(command);
  }

  @Test
  void the_versions_are_those_of_the_build() {
    assertThat(seal("version")).isZero();
    assertThat(out.toString()).contains("seal 0.1.0-SNAPSHOT", "ND4J 1.0.0-M", "Java ");
  }

  @Test
  void grading_without_the_published_results_is_refused_in_one_sentence() {
    assertThat(seal("grade", "calibrate", "--data", home)).isEqualTo(Seal.EXIT_INPUT);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("seal: " + home + " holds no SEAL results");
  }

  @Test
  void calibration_prints_both_halves_and_writes_them_as_json() throws IOException {
    Path results =
        Files.createDirectories(home.resolve("knowledge-incorporation/results/query_server"));
    StringBuilder articles = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      articles.append(i == 0 ? "" : ",").append(ARTICLE.formatted(i));
    }
    Files.writeString(results.resolve("run.json"), "{\"articles\": [" + articles + "]}");
    Path json = home.resolve("figures.json");
    assertThat(seal("grade", "calibrate", "--data", home, "--json", json)).isZero();
    assertThat(out.toString())
        .contains("24 verdicts, 24 distinct (question, gold, answer)")
        .contains("choosing half: ")
        .contains("reporting half: ")
        .contains("token-recall");
    assertThat(json).content().contains("\"reporting\"").contains("\"kappa\"");
    assertThat(seal("grade", "calibrate", "--json", "--data", home)).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(json));
  }

  @Test
  void the_proxy_reward_needs_passages_with_several_edits() throws IOException {
    Path results =
        Files.createDirectories(home.resolve("knowledge-incorporation/results/query_server"));
    Path file = results.resolve("run.json");
    Files.writeString(file, "{\"articles\": [" + ARTICLE.formatted(1) + "]}");
    assertThat(seal("grade", "proxy", "--data", home)).isEqualTo(Seal.EXIT_INPUT);
    assertThat(err.toString()).contains("holds no result with several edits per passage");
    String edit =
        "{\"text\": \"%s\", \"questions\": [], \"stats\": {\"baseline_mean\": 0, \"adapter_mean\": %s}}";
    String passage = "{\"title\": \"T\", \"context\": \"Rome fell.\", \"completions\": [%s, %s]}";
    String two = passage.formatted(edit.formatted("Rome fell.", 1), edit.formatted("Hm.", 0));
    Files.writeString(file, "{\"articles\": [%s, %s]}".formatted(two, two));
    assertThat(seal("grade", "proxy", "--data", home)).isZero();
    assertThat(out.toString())
        .contains("run.json: 2 passages, 4 edits")
        .contains("sum           1.000");
  }
}
