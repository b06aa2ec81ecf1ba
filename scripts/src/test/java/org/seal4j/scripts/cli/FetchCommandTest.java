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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.HubServer;
import org.seal4j.data.testing.HubTrouble;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.gguf.GgufExport;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.passage.PassageExperiment;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.TrainExperiment;

/** {@code seal fetch}, and {@code hf:OWNER/NAME} where a model or an adapter is taken. */
class FetchCommandTest {
  private static final List<String> PROPERTIES = List.of("HF_HOME", "HF_ENDPOINT");

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HubServer hub = new HubServer();
  private Path cache;

  @BeforeEach
  void ask_that_hub() {
    cache = home.resolve("hf").resolve("hub");
    System.setProperty("HF_HOME", home.resolve("hf").toString());
    System.setProperty("HF_ENDPOINT", hub.url());
  }

  @AfterEach
  void ask_no_hub() {
    hub.close();
    PROPERTIES.forEach(System::clearProperty);
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal =
        new Seal(
            new Experiments(List.of(new TrainExperiment(), new PassageExperiment())),
            Optional.of(RecipeHome.at(home.resolve("home"), "train", "squad-real", "squad-quick")),
            (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  /** A small model on the hub: {@code o/tiny} as a folder, {@code o/tiny-gguf}, an adapter. */
  private String putModels() throws IOException {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("To be, or not to be: that is the question."),
            BpeTrainerConfig.bytes(280).withSpecials(List.of("<s>", "</s>"), "<s>", "</s>"));
    ModelConfig sizes = ModelConfig.small(trained.tokenizer().vocabSize(), 16, 2, 2, 24);
    Path folder = home.resolve("made");
    Path gguf = home.resolve("made.gguf");
    LoraConfig lora = new LoraConfig(4, 8, false, TargetModules.allLinear());
    try (Weights weights = Weights.random(sizes, 0.5, 1, Seeds.of(4));
        AdapterBank bank = new AdapterBank(1, sizes, lora);
        PeftAdapter adapter = PeftAdapter.of(sizes, bank, 0, "o/tiny")) {
      ModelFolder.save(weights, 77, List.of(1), folder);
      trained.write(folder);
      Path words = folder.resolve("tokenizer.json");
      GgufExport.write(
          weights, new GgufExport.About(gguf, 77, List.of(1), words, GgufType.F32), gguf);
      adapter.save(home.resolve("adapter"));
    }
    hub.put("o/adapter", files(home.resolve("adapter")));
    hub.put(
        "o/tiny-gguf",
        Map.of("a-F32.gguf", Files.readAllBytes(gguf), "b-F32.gguf", Files.readAllBytes(gguf)));
    return hub.put("o/tiny", files(folder));
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  @Tag("slow")
  void a_model_is_fetched_and_then_goes_wherever_a_model_goes() throws IOException {
    String commit = putModels();
    assertThat(seal("fetch", "o/tiny")).as(err.toString()).isZero();
    Path snapshot = cache.resolve("models--o--tiny/snapshots/" + commit);
    assertThat(out.toString())
        .startsWith("o/tiny at 'main', commit " + commit + ": ")
        .contains(" to fetch with ", " into " + cache, "in the cache: " + snapshot)
        .contains("generate --model hf:o/tiny --prompt ");
    assertThat(seal("fetch", "o/tiny")).isZero();
    assertThat(out.toString()).contains(", all of them there");

    assertThat(seal("import", "hf:o/tiny", "--out", home.resolve("copy"))).isZero();
    assertThat(home.resolve("copy/tokenizer.json")).isRegularFile();
    Path exported = home.resolve("copy.gguf");
    assertThat(seal("export", "--format", "gguf", "--model", "hf:o/tiny", "--out", exported))
        .as(err.toString())
        .isZero();
    Path text = Files.writeString(home.resolve("text.txt"), "to be that question");
    assertThat(seal("eval", "perplexity", "--model", "hf:o/tiny@" + commit, "--text", text))
        .isZero();
    assertThat(generated("hf:o/tiny")).isEqualTo(generated(home.resolve("made").toString()));
  }

  private String generated(String model, Object... more) {
    List<Object> words = new ArrayList<>(List.of("generate", "--model", model, "--quiet"));
    words.addAll(List.of("--max-tokens", 8, "--prompt", "To be"));
    words.addAll(List.of(more));
    assertThat(seal(words.toArray())).as(err.toString()).isZero();
    return out.toString();
  }

  @Test
  @Tag("slow")
  void one_of_several_gguf_files_is_fetched_and_named() throws IOException {
    putModels();
    assertThat(seal("fetch", "o/tiny-gguf")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "seal: o/tiny-gguf has 2 GGUF files; choose one with --file: a-F32.gguf, b-F32.gguf\n");
    assertThat(seal("fetch", "o/tiny-gguf", "--file", "b-F32.gguf")).isZero();
    String text = generated("hf:o/tiny-gguf");
    assertThat(generated("hf:o/tiny-gguf:b-F32.gguf")).isEqualTo(text);
    assertThat(seal("import", "hf:o/tiny-gguf:a-F32.gguf")).isEqualTo(2);
    assertThat(err.toString()).contains("fetch it first: seal fetch o/tiny-gguf --file a-F32.gguf");
    assertThat(seal("fetch", "hf:o/tiny-gguf:a-F32.gguf", "--file", "b-F32.gguf")).isEqualTo(2);
    assertThat(err.toString()).contains("names a file, and so does --file b-F32.gguf; name one");
  }

  @Test
  @Tag("slow")
  void an_adapter_is_fetched_and_named_the_same_way() throws IOException {
    putModels();
    assertThat(seal("fetch", "o/tiny", "--quiet")).isZero();
    assertThat(seal("fetch", "o/adapter")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("generate --model BASE --adapter hf:o/adapter");
    String plain = generated("hf:o/tiny");
    assertThat(generated("hf:o/tiny", "--adapter", "hf:o/adapter")).isEqualTo(plain);
    Object[] merge = {"export", "--model", "hf:o/tiny", "--adapter", "hf:o/adapter", "--out"};
    List<Object> words = new ArrayList<>(List.of(merge));
    words.add(home.resolve("merged"));
    assertThat(seal(words.toArray())).as(err.toString()).isZero();
    words.addAll(1, List.of("--format", "lora"));
    words.set(words.size() - 1, home.resolve("lora.gguf"));
    assertThat(seal(words.toArray())).as(err.toString()).isZero();
  }

  @Test
  void what_was_not_fetched_is_refused_with_the_command_to_call() throws IOException {
    Path rows = Files.writeString(home.resolve("rows.jsonl"), "{\"text\": \"a\"}\n");
    Path passages = Files.writeString(home.resolve("p.json"), "{}");
    String name = "hf:o/none@v2";
    List<List<Object>> lines =
        List.of(
            List.of("import", name),
            List.of("export", "--model", name, "--out", home.resolve("x")),
            List.of("generate", "--model", name, "--prompt", "a"),
            List.of("eval", "perplexity", "--model", name, "--text", rows),
            List.of("train", "--model", name, "--data", rows),
            List.of(
                "run",
                "squad-real",
                "--set",
                "model.path=" + name,
                "--set",
                "data.passages=" + passages));
    for (List<Object> line : lines) {
      assertThat(seal(line.toArray())).as("%s", line).isEqualTo(2);
      assertThat(err.toString())
          .as("%s", line)
          .contains(name + " is not in the cache " + cache)
          .contains("fetch it first: seal fetch o/none@v2\n")
          .hasLineCount(1);
    }
    assertThat(hub.requests()).as("no command fetches by itself").isEmpty();
    assertThat(cache).doesNotExist();
  }

  @Test
  void json_is_one_value_and_quiet_is_one_line() throws IOException {
    String commit = putModels();
    assertThat(seal("fetch", "o/tiny", "--json")).isZero();
    JsonNode said = Json.parse(out.toString(), JsonNode.class, "stdout");
    assertThat(said.path("commit").asText()).isEqualTo(commit);
    assertThat(said.path("fetched").asInt()).isEqualTo(said.path("files").size()).isPositive();
    assertThat(Path.of(said.path("path").asText())).isDirectory();
    assertThat(seal("fetch", "o/tiny", "--quiet")).isZero();
    assertThat(out.toString()).isEqualTo(said.path("path").asText() + "\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @Tag("slow")
  void a_refusal_is_one_sentence_and_leaves_no_snapshot() throws IOException {
    putModels();
    hub.trouble("model.safetensors", HubTrouble.flippedBit());
    assertThat(seal("fetch", "o/tiny")).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("seal:")))
        .singleElement()
        .asString()
        .contains("'model.safetensors' of o/tiny came damaged: its SHA-256 is");
    assertThat(seal("import", "hf:o/tiny")).isEqualTo(2);
    assertThat(seal("fetch", "tiny")).isEqualTo(2);
    assertThat(err.toString()).contains("'tiny' names no model on a hub");
  }
}
