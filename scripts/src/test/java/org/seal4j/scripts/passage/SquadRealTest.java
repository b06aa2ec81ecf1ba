package org.seal4j.scripts.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.SharedData;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.TrainingSequences;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.run.Experiments;

/**
 * The loop on real passages with a real small model, as far as shared data is beside the checkout.
 */
@Tag("slow")
class SquadRealTest {
  private static final Path SHARED = Repository.root().resolveSibling("shared").resolve("data");

  @TempDir Path temp;

  private String seal(int expected, String... options) {
    return sealRun("squad-real", expected, options);
  }

  private String sealRun(String recipe, int expected, String... options) {
    StringWriter out = new StringWriter();
    List<String> line = new ArrayList<>(List.of("run", recipe));
    line.addAll(List.of(options));
    Seal seal =
        new Seal(
            new Experiments(List.of(new PassageExperiment())),
            Optional.of(
                RecipeHome.at(
                    temp.resolve("home"), "squad-quick", "squad-real", "squad-reference")),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isEqualTo(expected);
    return out.toString();
  }

  @Test
  void a_trained_model_reads_XQuAD_and_the_table_tells_what_it_knew_before() {
    Path passages = SHARED.resolve("squad/xquad.en.visible.json");
    Path model = SHARED.resolve("weights/tinystories-656k");
    assumeTrue(
        Files.exists(passages) && Files.exists(model),
        "skipped: the shared XQuAD passages and the TinyStories model are not beside the checkout");
    Path run = temp.resolve("run");
    String printed =
        seal(
            0,
            "--out=" + run,
            "--set=data.passages=" + passages,
            "--set=model.path=" + model,
            "--set=data.subset={seed: 5, start: 20, count: 150}",
            "--set=inner.epochs=1",
            "--set=policy.maxNewTokens=24",
            "--set=answer.maxTokens=8",
            "--set=loop.rounds=1",
            "--set=loop.contextsPerRound=2",
            "--set=loop.editsPerContext=2",
            "--set=evaluate.contexts=2");
    assertThat(printed)
        .contains(" of 150 passages fit 512 tokens; articles:", "base model, not ", "round 1 ")
        .doesNotContainPattern("(?m)^teacher text +[0-9]");
    List<EditRow> edits = Journal.readEdits(run);
    assertThat(edits).hasSize(2 + 2 + 2 + 4 + 2);
    assertThat(edits)
        .filteredOn(row -> row.key().phase().equals("train"))
        .allSatisfy(row -> assertThat(row.outcome().training().steps()).isPositive())
        .allSatisfy(row -> assertThat(row.draft().raw()).isNotBlank());
    assertThat(run.resolve("report.html")).content().contains("none here, the model is");
  }

  @Test
  void the_reference_recipe_has_the_rules_behind_SEALs_published_figures() {
    PassageKeys config =
        RecipeBook.open(Optional.of(Repository.root()))
            .load("squad-reference", List.of())
            .bind(PassageKeys.class);
    assertThat(config.texts()).isEqualTo(TrainingSequences.referenceCompat());
    assertThat(config.prompts().question()).isNull();
    assertThat(config.inner().lora().targetModules()).isEqualTo("q_proj,v_proj");
  }

  @Test
  void the_reference_recipe_trains_on_title_lines_and_on_padding() {
    Path passages = SharedData.orSkip("squad/xquad.en.visible.json");
    Path model = SharedData.orSkip("weights/tinystories-656k");
    Path run = temp.resolve("run");
    sealRun(
        "squad-reference",
        0,
        "--out=" + run,
        "--set=data.passages=" + passages,
        "--set=model.path=" + model,
        "--set=prompts.maxTokens=320",
        "--set=policy.maxNewTokens=24",
        "--set=inner.epochs=1",
        "--set=inner.trials.count=1",
        "--set=answer.maxTokens=8",
        "--set=loop.rounds=1",
        "--set=loop.contextsPerRound=1",
        "--set=loop.editsPerContext=2",
        "--set=evaluate.contexts=2");
    assertThat(Journal.readEdits(run))
        .filteredOn(row -> row.key().phase().equals("passage"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.outcome().training().steps()).isEqualTo(2));
  }

  @Test
  void a_run_is_resumed_with_the_tokenizer_it_began_with_or_not_at_all() throws IOException {
    Path passages = SharedData.orSkip("squad/xquad.en.visible.json");
    Path shared = SharedData.orSkip("weights/tinystories-656k");
    Path model = Files.createDirectories(temp.resolve("model"));
    try (var files = Files.list(shared)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    Path run = temp.resolve("run");
    seal(
        0,
        "--out=" + run,
        "--set=data.passages=" + passages,
        "--set=model.path=" + model,
        "--set=inner.epochs=1",
        "--set=inner.lora.rank=2",
        "--set=learn.lora.rank=2",
        "--set=learn.epochs=1",
        "--set=policy.maxNewTokens=4",
        "--set=answer.maxTokens=2",
        "--set=loop.rounds=1",
        "--set=loop.contextsPerRound=1",
        "--set=loop.editsPerContext=2",
        "--set=evaluate.contexts=1");
    Files.writeString(model.resolve("tokenizer.json"), "\n", StandardOpenOption.APPEND);
    assertThat(sealRun(run.resolve("effective.yaml").toString(), 2, "--resume=" + run))
        .contains("its results would differ: data.model.path/tokenizer.json: ");
  }

  @Test
  void passages_that_are_too_few_leave_no_folder_behind() throws IOException {
    Path model = SharedData.orSkip("weights/tinystories-656k");
    Path one =
        Files.writeString(
            temp.resolve("one.json"),
            """
            {"version": "1.1", "data": [{"title": "Sea", "paragraphs": [{"context": "The sea is deep.",
             "qas": [{"id": "q", "question": "How is it?",
              "answers": [{"text": "deep", "answer_start": 11}]}]}]}]}
            """);
    Path none = temp.resolve("none");
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(
              seal(2, "--out=" + none, "--set=data.passages=" + one, "--set=model.path=" + model))
          .contains(one + " has 1 article with passages that fit");
      assertThat(none).doesNotExist();
    }
  }

  @Test
  void without_passages_or_model_it_says_what_to_set() throws IOException {
    Path file = Files.writeString(temp.resolve("x.json"), "[]");
    Path none = temp.resolve("none");
    assertThat(seal(2, "--out=" + none)).contains("--set data.passages=FILE");
    assertThat(seal(2, "--out=" + none, "--set=data.passages=" + file))
        .contains("--set model.path=FOLDER");
    assertThat(seal(2, "--out=" + none, "--set=data.passages=/nowhere.json"))
        .contains("/nowhere.json, but there is no such file");
    assertThat(
            seal(2, "--out=" + none, "--set=data.passages=" + file, "--set=model.path=/nowhere/m"))
        .contains("/nowhere/m, but there is no such file or folder");
    assertThat(none).doesNotExist();
  }

  @Test
  void a_recipe_that_invents_its_passages_refuses_files() {
    assertThat(
            seal(
                2,
                "--out=" + temp.resolve("none"),
                "--set=data.source=world",
                "--set=model.path=x"))
        .contains("data.source: files");
  }
}
