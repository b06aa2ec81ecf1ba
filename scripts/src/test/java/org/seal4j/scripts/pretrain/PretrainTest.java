package org.seal4j.scripts.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.train.BatchSource;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.cpt.CptExperiment;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.run.Invocation;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunLab;
import org.seal4j.scripts.run.Versions;

/** The kind {@code pretrain} in small, from the command line and in its parts. */
@Tag("slow")
class PretrainTest {
  private static final String RECIPE = "tinystories-quick";

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private String home = "home";
  private int workers = 2;

  @BeforeEach
  void write_a_text_of_few_words() throws IOException {
    Rng rng = Seeds.of(3).rng();
    List<String> who = List.of("The cat", "A dog", "Tom", "My friend Zoë");
    List<String> does = List.of("sees", "likes", "has", "wants");
    List<String> what = List.of("a red ball", "the moon", "some cake", "a big tree");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append(rng.pick(who)).append(' ').append(rng.pick(does)).append(' ');
      text.append(rng.pick(what)).append(i % 5 == 4 ? ".\n==\n" : ". ");
    }
    Files.writeString(temp.resolve("text.txt"), text);
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal =
        new Seal(
            new Experiments(List.of(new PretrainExperiment(), new CptExperiment())),
            Optional.of(RecipeHome.at(temp.resolve(home), RECIPE, "cpt-quick")),
            (again, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    return seal.run(words, writer, writer);
  }

  private List<String> small() {
    return List.of(
        "data.text=" + temp.resolve("text.txt"),
        "data.separator=\"==\\n\"",
        "vocabSize=300",
        "context=24",
        "model.dim=16",
        "model.layers=1",
        "model.heads=2",
        "model.kvHeads=1",
        "model.headSize=8",
        "model.ffDim=24",
        "pretrain.steps=200",
        "pretrain.batch=8",
        "pretrain.warmup=5",
        "pretrain.checkpointEvery=16",
        "samples.tokens=10");
  }

  private int run(Path folder, String... more) {
    return seal(words(List.of("run", RECIPE), folder, more));
  }

  private Object[] words(List<String> command, Path folder, String... more) {
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of("--out", folder, "--workers", workers));
    for (String set : small()) {
      words.add("--set");
      words.add(set);
    }
    words.addAll(List.of(more));
    return words.toArray();
  }

  @Test
  void a_text_becomes_a_model_folder_samples_and_a_report() {
    Path run = temp.resolve("run");
    assertThat(run(run)).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("held-out text", "frequencies of single tokens", "bits per byte", "Once upon");
    for (String file :
        List.of(
            "model/config.json",
            "model/model.safetensors",
            "model/tokenizer.json",
            "samples.json",
            "pretraining.arrow",
            "manifest.json",
            "summary.json",
            "report.html")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    JsonNode rows = Json.read(run.resolve("summary.json"), JsonNode.class).path("conditions");
    assertThat(rows.get(0).path("estimate").asDouble())
        .isLessThan(rows.get(2).path("estimate").asDouble());
    assertThat(seal("generate", "--model", run.resolve("model"), "--prompt", "The cat")).isZero();
    try (ModelFolder model = ModelFolder.load(run.resolve("model"))) {
      assertThat(model.context()).isEqualTo(24);
      assertThat(model.endTokens()).hasSize(1);
      assertThat(model.config().tiedHead()).isTrue();
    }
    Path again = temp.resolve("again");
    home = "another home, with an empty cache";
    workers = 1;
    assertThat(seal(words(List.of("pretrain", "--recipe", RECIPE), again)))
        .as(out.toString())
        .isZero();
    assertThat(hashes(again)).isEqualTo(hashes(run));
  }

  @Test
  void a_run_killed_while_it_trains_and_resumed_has_the_same_bytes() {
    Path whole = temp.resolve("whole");
    start(whole, temp.resolve("cache-whole"), RunListener.silent());
    Path killed = temp.resolve("killed");
    Path cache = temp.resolve("cache-killed");
    for (long step : new long[] {10, 40, 199}) {
      assertThatThrownBy(() -> start(killed, cache, new Killer(step))).isInstanceOf(Killed.class);
    }
    start(killed, cache, RunListener.silent());
    assertThat(hashes(killed)).isEqualTo(hashes(whole));
  }

  private void start(Path folder, Path cache, RunListener listener) {
    RecipeDraft draft = RecipeBook.open(Optional.of(Repository.root())).load(RECIPE, small());
    TextKeys config = draft.bind(TextKeys.class);
    String effective = draft.effectiveYaml(config);
    try (RunFolder opened =
        Files.exists(folder)
            ? RunFolder.resume(folder, effective)
            : RunFolder.create(RECIPE, folder, Instant.EPOCH, effective)) {
      RunLab.run(
          new PretrainExperiment(),
          config,
          new RunLab.Settings(
              draft.head(),
              config,
              new Backend("cpu", "CpuBackend"),
              cache,
              new Invocation(List.of(), Versions.here("test", "test"))),
          opened,
          2,
          listener);
    }
  }

  /** What a run must give again, by file. */
  private static Map<String, String> hashes(Path run) {
    return List.of(
            "model/config.json",
            "model/model.safetensors",
            "model/tokenizer.json",
            "pretraining.arrow",
            "samples.json",
            "summary.json")
        .stream()
        .collect(Collectors.toMap(file -> file, file -> ContentHash.ofFile(run.resolve(file))));
  }

  @Test
  void the_command_pretrain_takes_a_folder_of_texts_and_refuses_other_kinds() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("it's a folder"));
    Files.copy(temp.resolve("text.txt"), folder.resolve("b.txt"));
    Files.writeString(folder.resolve("a.txt"), "The first text. ".repeat(40));
    Files.writeString(folder.resolve("c.md"), "Not a text of the folder.");
    Path run = temp.resolve("r");
    Object[] words = words(List.of("pretrain", "--recipe", RECIPE), run, "--text", "" + folder);
    assertThat(seal(words)).as(out.toString()).isZero();
    assertThat(new TextDataKeys(folder.toString(), "", 0.1).documents())
        .hasSize(2)
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("The first");
    assertThat(seal("pretrain")).isEqualTo(2);
    assertThat(out.toString()).contains("name a recipe, such as: seal pretrain --recipe");
    assertThat(seal("pretrain", "--recipe", RECIPE, "--text", temp.resolve("home"))).isEqualTo(2);
    assertThat(out.toString()).contains("home has no .txt file").hasLineCount(1);
    assertThat(seal("pretrain", "--recipe", "cpt-quick")).isEqualTo(2);
    assertThat(out.toString()).contains("the recipe is of kind 'cpt'", "use seal run");
  }

  @Test
  void without_a_text_the_recipe_says_that_it_needs_one() {
    assertThat(seal("run", RECIPE, "--out", temp.resolve("r"))).isEqualTo(2);
    assertThat(out.toString()).contains("--set data.text=PATH").hasLineCount(1);
    assertThat(temp.resolve("r")).doesNotExist();
    assertThat(run(temp.resolve("r"), "--set", "data.text=no/where.txt")).isEqualTo(2);
    assertThat(out.toString()).contains("there is no file or folder no/where.txt").hasLineCount(1);
    assertThat(run(temp.resolve("r"), "--set", "context=4000")).isEqualTo(2);
    assertThat(out.toString()).contains("longer than the context of 4000");
  }

  @Test
  void the_graph_is_described_without_a_text() {
    assertThat(seal("describe", RECIPE)).as(out.toString()).isZero();
    assertThat(out.toString()).contains("parameters", "model.embed_tokens.weight");
  }

  @Test
  void held_out_text_is_not_trained_on_and_windows_are_pieces_of_the_text() {
    TextCorpus corpus = TextCorpus.read(config());
    String whole = corpus.tokenizer().decode(corpus.heldOut(8).get(0).ids());
    assertThat(whole).isNotBlank();
    long held = 8L * corpus.heldOut(8).size();
    assertThat((double) held / (held + corpus.trainTokens())).isCloseTo(0.25, within(0.03));
    BatchSource source = corpus.batches(4, 8, Seeds.of(1));
    List<TokenSequence> batch = source.batch(7);
    assertThat(batch).hasSize(4).allMatch(window -> window.length() == 9);
    for (int i = 0; i < 4; i++) {
      assertThat(source.batch(7).get(i).ids()).isEqualTo(batch.get(i).ids());
    }
    assertThat(Arrays.equals(source.batch(8).get(0).ids(), batch.get(0).ids())).isFalse();
    int end = corpus.tokenizer().eos().orElseThrow();
    long ends = corpus.counts()[end];
    assertThat(ends).isBetween(50L, 62L);
  }

  private TextKeys config() {
    return new TextKeys(
        new TextDataKeys(temp.resolve("text.txt").toString(), "==\n", 0.25),
        300,
        new ModelKeys(null, 16, 1, 2, 1, 8, 24, 100),
        24,
        new PretrainKeys(
            1, 2, 1, OptimizerSpec.ADAMW, 1e-3, 1e-3, Schedule.LINEAR, 0, 1, 0.02, 1, 1),
        new TextKeys.Samples(List.of("The"), 4, 1));
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Dies after this step of the training. */
  private record Killer(long after) implements RunListener {
    @Override
    public void start(String what, long total) {}

    @Override
    public void step(long done, String note) {
      if (done >= after) {
        throw new Killed();
      }
    }

    @Override
    public void end() {}
  }
}
