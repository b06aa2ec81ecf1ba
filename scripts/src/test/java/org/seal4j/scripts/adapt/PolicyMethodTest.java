package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.passage.PassageExperiment;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** An adapter studies what a policy writes that a run on passages has trained, in small. */
@Tag("slow")
class PolicyMethodTest {
  private static final String LAST = "checkpoints/round-1.safetensors";

  @TempDir static Path temp;
  private static Path model;
  private static Path notes;
  private static Path squad;

  @TempDir Path own;

  @BeforeAll
  static void train_a_policy() throws IOException {
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    notes = Files.createDirectories(temp.resolve("notes"));
    Files.writeString(
        notes.resolve("orchard.txt"),
        "Orchard\n\nThe orchard of Tarn Hill was planted in 1902 by Maud Ferris. It grows pears.\n");
    Files.writeString(
        notes.resolve("mill.md"), "# Mill\n\nThe mill of Tarn Hill burned in 1911.\n");
    squad = temp.resolve("squad");
    List<String> line =
        new ArrayList<>(List.of("run", "squad-real", "--workers=1", "--out=" + squad));
    for (String set :
        List.of(
            "data.passages=" + passages(),
            "model.path=" + model,
            "prompts.kind=own",
            "prompts.kinds={own: \"{title}: {context}\\nLines:\\n\"}",
            "prompts.maxTokens=900",
            "policy.maxNewTokens=24",
            "inner.epochs=1",
            "inner.lora.rank=2",
            "answer.maxTokens=4",
            "learn.lora.rank=4",
            "learn.learningRate=0.05",
            "loop.rounds=1",
            "loop.contextsPerRound=2",
            "loop.editsPerContext=2",
            "loop.selection=first_sampled",
            "evaluate.contexts=2")) {
      line.add("--set=" + set);
    }
    StringWriter out = new StringWriter();
    assertThat(seal(out, line)).as(out.toString()).isZero();
  }

  private static Path passages() {
    InventedWorld world = new InventedWorld(Seeds.of(3));
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Passage passage = world.story(PersonPool.LOOP, i).passage();
      List<Object> questions =
          passage.questions().stream()
              .limit(2)
              .<Object>map(q -> Map.of("question", q.text(), "answer", q.gold()))
              .toList();
      String title = "Article " + i;
      items.add(Map.of("title", title, "context", passage.context(), "questions", questions));
    }
    Path file = temp.resolve("passages.json");
    Json.write(file, items);
    return file;
  }

  private static int seal(StringWriter out, List<String> words) {
    Experiments kinds = new Experiments(List.of(new PassageExperiment(), new AdaptExperiment()));
    Path home = RecipeHome.at(temp.resolve("home"), "squad-quick", "squad-real", "adapt");
    PrintWriter writer = new PrintWriter(out, true);
    return new Seal(kinds, Optional.of(home), (again, environment) -> 99)
        .run(words, writer, writer);
  }

  private static Adaptation small(String method) {
    Adaptation adaptation = Adaptation.of(model).documents(notes).method(method);
    settings().forEach((key, value) -> adaptation.set(key, value));
    return adaptation;
  }

  private static Map<String, Object> settings() {
    return Map.of(
        "questions.count", 1,
        "questions.heldOut", 1,
        "questions.answerTokens", 4,
        "study.readings", 2,
        "study.written", 3,
        "study.textTokens", 24,
        "inner.lora.rank", 4,
        "proof.answerTokens", 4,
        "proof.maxHarm", 100,
        "proof.force", true);
  }

  private static List<String> written(Path run, String method) {
    small(method).run(run);
    return RowLog.read(run.resolve("writing.arrows")).rows().stream()
        .filter(row -> row.isNull("question") && !row.isNull("answer"))
        .map((Row row) -> row.string("answer"))
        .toList();
  }

  /** A copy of the run that may be spoilt. */
  private Path copy() throws IOException {
    Path to = own.resolve("copy");
    try (Stream<Path> files = Files.walk(squad)) {
      for (Path file : files.toList()) {
        Path there = to.resolve(squad.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(there);
        } else {
          Files.copy(file, there);
        }
      }
    }
    return to;
  }

  @Test
  void what_the_policy_writes_is_studied_line_by_line_under_the_title() throws IOException {
    List<String> texts = written(own.resolve("run"), "policy:" + squad);
    assertThat(texts)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(text -> text.lines().count() == 2)
        .anyMatch(text -> text.startsWith("Orchard\n"))
        .anyMatch(text -> text.startsWith("Mill\n"));
    assertThat(own.resolve("run/adapter/adapter_model.safetensors")).isNotEmptyFile();
    assertThat(own.resolve("run/adapter/README.md")).content().contains("Method `policy:" + squad);
    // Another round of the same run writes other texts.
    Path before = squad.resolve("checkpoints/round-0.safetensors");
    assertThat(written(own.resolve("before"), "policy:" + before)).isNotEqualTo(texts);
  }

  @Test
  void a_run_with_a_policy_that_was_stopped_ends_with_the_same_bytes() {
    Path whole = own.resolve("whole");
    Path stopped = own.resolve("stopped");
    String method = "text+policy:" + squad + "+distill";
    small(method).threads(1).run(whole);
    RunListener stopping =
        new RunListener() {
          @Override
          public void step(long done, String note) {
            throw new IllegalStateException("stopped for a test");
          }
        };
    for (int i = 0; i < 2; i++) { // after the first passage, and after the second
      assertThatThrownBy(() -> small(method).listener(stopping).run(stopped))
          .hasMessage("stopped for a test");
    }
    small(method).threads(2).run(stopped);
    for (String file : List.of("adapter/adapter_model.safetensors", "writing.arrows")) {
      assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void a_model_and_an_adapter_write_as_well_and_each_as_it_is() {
    List<String> alone = written(own.resolve("alone"), "implications");
    assertThat(alone).isNotEmpty();
    List<String> model = written(own.resolve("model"), "policy:" + PolicyMethodTest.model);
    Path adapter = own.resolve("model");
    assertThat(model).isNotEmpty().isNotEqualTo(alone); // other random numbers
    assertThat(written(own.resolve("adapter"), "policy:" + adapter))
        .isNotEmpty()
        .isNotEqualTo(model);
  }

  @Test
  void another_policy_under_the_same_name_is_noticed_by_a_resumed_run() throws IOException {
    Path policy = copy();
    Path run = own.resolve("run");
    List<String> line =
        new ArrayList<>(List.of("adapt", "--model=" + model, "--documents=" + notes));
    line.addAll(List.of("--method=text+policy:" + policy, "--workers=1", "--out=" + run));
    settings().forEach((key, value) -> line.add("--set=" + key + "=" + value));
    StringWriter out = new StringWriter();
    assertThat(seal(out, line)).as(out.toString()).isZero();
    assertThat(run.resolve("manifest.json"))
        .content()
        .contains("\"policy/round-1.safetensors\"", "\"policy/effective.yaml\"")
        .contains("\"policy/model/tokenizer.json\"");
    Files.copy(
        policy.resolve("checkpoints/round-0.safetensors"),
        policy.resolve(LAST),
        StandardCopyOption.REPLACE_EXISTING);
    StringWriter again = new StringWriter();
    assertThat(seal(again, List.of("adapt", "--resume=" + run))).isEqualTo(2);
    assertThat(again.toString())
        .contains("its results would differ: data.policy/round-1.safetensors: ");
  }

  private void refused(String method, String... words) {
    Path run = own.resolve("refused");
    assertThatThrownBy(() -> small(method).run(run))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(words);
    assertThat(run.resolve("adapter")).doesNotExist();
  }

  @Test
  void a_path_without_a_policy_is_refused_by_name() throws IOException {
    refused("policy:" + own.resolve("none"), "study.method: there is no policy at " + own);
    Path arc = Files.createDirectories(own.resolve("arc"));
    Files.writeString(
        arc.resolve("effective.yaml"),
        "recipe: arc-quick\nkind: arc\nabout: Grids.\nexpectedTime: long\nseed: 1\n");
    refused("policy:" + arc, arc + " is a run of kind arc, which leaves no policy", "squad-real");
    refused("policy:" + notes, notes.toString());
  }

  @Test
  void a_run_that_is_not_finished_or_damaged_is_refused() throws IOException {
    Path policy = copy();
    byte[] bytes = Files.readAllBytes(policy.resolve(LAST));
    bytes[bytes.length - 40] ^= 1;
    Files.write(policy.resolve(LAST), bytes);
    refused("text+policy:" + policy, LAST);
    Files.delete(policy.resolve(LAST));
    refused("text+policy:" + policy, policy + " has no policy of its last round", LAST);
    Files.writeString(policy.resolve("effective.yaml"), "recipe: x\n");
    refused("text+policy:" + policy, policy.resolve("effective.yaml").toString());
  }

  @Test
  void a_policy_of_another_model_is_refused_with_both_named() {
    ModelConfig sizes = new ModelConfig(420, 16, 1, 4, 2, 4, 48, 1e-6, 1e4, false, true, false, 0);
    Path narrow = own.resolve("narrow");
    try (Weights weights = Weights.random(sizes, 0.3, 0.3, Seeds.of(4))) {
      ModelFolder.save(weights, 160, List.of(2, 0), narrow);
    }
    refused(
        "policy:" + narrow,
        "the policy " + narrow + " is of another model than " + model,
        "dim: 16 here, 32 there",
        "layers: 1 here, 2 there");
  }

  @Test
  void a_policy_with_another_tokenizer_is_refused() throws IOException {
    Path policy = copy();
    List<String> texts = List.of("other words make another tokenizer, with other tokens");
    BpeTrainer.train(texts, BpeTrainerConfig.bytes(280).withSpecials(List.of("<end>"), "", "<end>"))
        .write(policy.resolve("model"));
    refused("policy:" + policy, "has another tokenizer than " + model);
  }
}
