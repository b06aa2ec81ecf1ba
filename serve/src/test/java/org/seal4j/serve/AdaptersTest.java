package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Sampling;
import org.seal4j.serve.adapter.AdapterLimits;

/** Adapters that are loaded, moved and taken away while the server answers. */
class AdaptersTest {
  @TempDir Path home;
  private SmallModel small;
  private Path folder;
  private SmallServer server;

  @BeforeEach
  void start() {
    small = SmallModel.at(home.resolve("model"));
    folder = home.resolve("adapters");
    small.adapter(folder.resolve("incoming/a"), 3);
    small.adapter(folder.resolve("incoming/b"), 5);
    server = SmallServer.open(keys(16), small, folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ServeKeys keys(int loaded) {
    ServeKeys local = ServeKeys.local(0);
    return new ServeKeys(
        local.listen(),
        local.answers(),
        local.http(),
        new AdapterLimits(loaded, 2, 128, 1, false),
        null,
        List.of());
  }

  private HttpResponse<String> load(String name, String path, boolean inPlace) {
    return server.post(
        "/v1/load_lora_adapter",
        "{'lora_name':'%s','lora_path':'%s','load_inplace':%s}".formatted(name, path, inPlace));
  }

  private HttpResponse<String> ask(String model, int seed) {
    return server.post(
        "/v1/completions",
        "{'model':'%s','prompt':'To be','seed':%d,'max_tokens':12}".formatted(model, seed));
  }

  private String alone(String adapter, int seed) {
    try (TextModel model =
        TextModel.open(small.folder(), null, folder.resolve("incoming").resolve(adapter))) {
      return Completion.of(
              model,
              "To be",
              new Completion.Request(Sampling.at(1), 12, List.of(), seed),
              piece -> {})
          .text();
    }
  }

  private static String text(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/choices/0/text").asText();
  }

  @Test
  void a_name_is_loaded_moved_and_taken_away_with_the_sentences_of_vllm() {
    assertThat(ask("law", 1).statusCode()).isEqualTo(404);
    HttpResponse<String> loaded = load("law", "incoming/a", false);
    assertThat(loaded.body()).isEqualTo("Success: LoRA adapter 'law' added successfully.");
    String first = json(ask("law", 1)).path("model").asText();
    assertThat(loaded.headers().firstValue("X-Seal-Adapter")).contains(first);
    assertThat(text(ask("law", 1))).isEqualTo(alone("a", 1));
    HttpResponse<String> taken = load("law", "incoming/b", false);
    assertThat(taken.statusCode()).isEqualTo(400);
    assertThat(taken.body()).contains("already been loaded").contains("invalid_request_error");
    assertThat(load("law", "incoming/b", true).statusCode()).isEqualTo(200);
    assertThat(text(ask("law", 1))).isEqualTo(alone("b", 1));
    assertThat(text(ask(first, 1))).as("the version before").isEqualTo(alone("a", 1));
    HttpResponse<String> gone = server.post("/v1/unload_lora_adapter", "{'lora_name':'law'}");
    assertThat(gone.body()).isEqualTo("Success: LoRA adapter 'law' removed successfully.");
    assertThat(ask("law", 1).statusCode()).isEqualTo(404);
    assertThat(ask(first, 1).statusCode()).isEqualTo(404);
    assertThat(server.post("/v1/unload_lora_adapter", "{'lora_name':'law'}").statusCode())
        .isEqualTo(404);
    assertThat(server.post("/v1/unload_lora_adapter", "{}").statusCode()).isEqualTo(400);
    assertThat(load("law", "", false).body()).contains("must be provided");
    assertThat(load("law", "incoming/none", false).statusCode()).isEqualTo(404);
  }

  @Test
  void names_are_there_after_a_restart_and_what_was_taken_away_is_not() {
    load("law", "incoming/a", false);
    load("tax", "incoming/b", false);
    load("law", "incoming/b", true);
    server.post("/v1/unload_lora_adapter", "{'lora_name':'tax'}");
    String before = server.get("/v1/models").body();
    server.close();
    server = SmallServer.open(keys(16), small, folder);
    assertThat(server.get("/v1/models").body()).isEqualTo(before);
    assertThat(text(ask("law", 1))).isEqualTo(alone("b", 1));
  }

  @Test
  void an_adapter_is_as_old_as_its_files_whenever_the_server_was_started() throws IOException {
    load("law", "incoming/a", false);
    String model = json(ask("law", 1)).path("model").asText();
    long first = json(server.get("/v1/models/law")).path("created").asLong();
    assertThat(first)
        .isBetween(Instant.now().getEpochSecond() - 600, Instant.now().getEpochSecond());
    load("law", "incoming/b", true);
    assertThat(json(server.get("/v1/models/" + model)).path("created").asLong()).isEqualTo(first);
    server.post("/v1/unload_lora_adapter", "{'lora_name':'law'}");
    Path stored = stored(folder.resolve(".served/law"), model.substring("law@".length()));
    Files.setLastModifiedTime(stored, FileTime.fromMillis(1_000_000));
    load("law", "incoming/a", false);
    assertThat(json(server.get("/v1/models/law")).path("created").asLong()).isEqualTo(1000);
    assertThat(json(server.get("/v1/models/small")).path("created").asLong())
        .isEqualTo(SmallServer.NOW);
  }

  private static Path stored(Path folder, String start) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void what_a_killed_server_left_half_is_nothing() throws IOException {
    load("law", "incoming/a", false);
    String before = server.get("/v1/models").body();
    server.close();
    Files.createDirectories(folder.resolve(".served/law/.partial"));
    Files.writeString(folder.resolve(".served/law/.partial/adapter_model.safetensors"), "half");
    Files.writeString(folder.resolve(".served/law/.current.partial"), "00");
    Files.createDirectories(folder.resolve(".served/tax/.partial"));
    server = SmallServer.open(keys(16), small, folder);
    assertThat(folder.resolve(".served/law/.partial")).doesNotExist();
    assertThat(folder.resolve(".served/tax/.partial")).doesNotExist();
    assertThat(server.get("/v1/models").body()).isEqualTo(before);
    assertThat(text(ask("law", 1))).isEqualTo(alone("a", 1));
    assertThat(load("law", "incoming/b", true).statusCode()).isEqualTo(200);
    assertThat(text(ask("law", 1))).isEqualTo(alone("b", 1));
  }

  @ParameterizedTest
  @CsvSource({"../model", "/etc/passwd", "incoming/../../model", "link", ".", "''"})
  void paths_outside_of_the_folder_are_refused(String path) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), small.adapter(home.resolve("out"), 9));
    HttpResponse<String> answer = load("law", path, false);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(server.get("/v1/models").body()).doesNotContain("law");
  }

  @ParameterizedTest
  @CsvSource({"../x", "a/b", ".hidden", "a*2", "a+b", "a@b", "small"})
  void names_that_are_none_are_refused(String name) {
    assertThat(load(name, "incoming/a", false).statusCode()).isEqualTo(400);
  }

  @Test
  void an_adapter_without_effect_or_of_another_model_is_refused() throws IOException {
    small.adapter(folder.resolve("incoming/idle"), 3, 0, small.hash());
    small.adapter(folder.resolve("incoming/other"), 3, 0.25, "ab".repeat(32));
    assertThat(load("law", "incoming/idle", false).body()).contains("changes nothing");
    Path config = small.adapter(folder.resolve("incoming/faint"), 3).resolve("adapter_config.json");
    String faint =
        Files.readString(config)
            .replaceFirst("\"lora_alpha\" *: *[0-9.]+", "\"lora_alpha\": 1e-30");
    Files.writeString(config, faint);
    assertThat(load("law", "incoming/faint", false).body()).contains("changes nothing");
    assertThat(load("law", "incoming/other", false).body()).contains("other").contains("SHA-256");
    assertThat(ask("law", 1).statusCode()).isEqualTo(404);
    assertThat(folder.resolve(".served/law"))
        .as("nothing of a refused adapter stays")
        .doesNotExist();
  }

  @Test
  void a_damaged_adapter_is_refused_when_it_is_read_again() throws IOException {
    server.close();
    server = SmallServer.open(keys(1), small, folder);
    load("law", "incoming/a", false);
    load("tax", "incoming/b", false); // takes the only place
    String hash = json(server.get("/v1/models/law")).path("hash").asText();
    Path tensors = folder.resolve(".served/law").resolve(hash).resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    bytes[bytes.length - 3] ^= 1;
    Files.write(tensors, bytes);
    HttpResponse<String> answer = ask("law", 1);
    assertThat(answer.statusCode()).as("a fault of the server").isEqualTo(500);
    assertThat(answer.body()).contains("is damaged where the server keeps it; load it again");
    assertThat(server.log())
        .anyMatch(line -> line.startsWith("damaged: law@") && line.contains("the hash"));
    assertThat(text(ask("tax", 1))).isEqualTo(alone("b", 1));
  }

  @Test
  void a_name_that_moves_back_is_read_again_only_where_its_files_are_others() throws IOException {
    load("law", "incoming/a", false);
    load("law", "incoming/b", true);
    String loads = "seal_adapter_loads_total 2\n";
    assertThat(server.get("/metrics").body()).contains(loads);
    assertThat(load("law", "incoming/a", true).statusCode()).isEqualTo(200);
    assertThat(text(ask("law", 1))).isEqualTo(alone("a", 1));
    assertThat(load("tax", "incoming/a", false).statusCode()).as("another name").isEqualTo(200);
    assertThat(text(ask("tax", 1))).isEqualTo(alone("a", 1));
    assertThat(server.get("/metrics").body()).contains(loads);
    Path tensors = folder.resolve("incoming/a/adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    Files.write(
        tensors, Files.readAllBytes(folder.resolve("incoming/b").resolve(tensors.getFileName())));
    load("law", "incoming/a", true);
    assertThat(text(ask("law", 1))).as("the file has changed").isEqualTo(alone("b", 1));
    bytes[bytes.length - 1] = (byte) 0xff; // not finite
    bytes[bytes.length - 2] = (byte) 0xff;
    Files.write(tensors, bytes);
    assertThat(load("law", "incoming/a", true).statusCode()).as("spoiled").isEqualTo(400);
    assertThat(text(ask("law", 1))).isEqualTo(alone("b", 1));
  }

  @Test
  void an_adapter_has_the_same_hash_wherever_its_base_lay() throws IOException {
    small.adapter(folder.resolve("incoming/c"), 3);
    Path config = folder.resolve("incoming/c/adapter_config.json");
    String named = Files.readString(config);
    assertThat(named).contains("\"the base\"");
    Files.writeString(config, named.replace("the base", "/models/the base"));
    load("law", "incoming/a", false);
    load("tax", "incoming/c", false);
    assertThat(json(server.get("/v1/models/tax")).path("hash"))
        .isEqualTo(json(server.get("/v1/models/law")).path("hash"));
  }

  @Test
  void more_adapters_than_places_are_served_one_after_the_other() {
    server.close();
    server = SmallServer.open(keys(1), small, folder);
    load("law", "incoming/a", false);
    load("tax", "incoming/b", false);
    for (int i = 0; i < 3; i++) {
      assertThat(text(ask("law", i))).isEqualTo(alone("a", i));
      assertThat(text(ask("tax", i))).isEqualTo(alone("b", i));
    }
    assertThat(server.get("/metrics").body()).contains("seal_adapters_in_memory 1\n");
  }

  /** Answers of the adapters that a name stood for, by the hash that each answer tells. */
  @Test
  @Tag("slow")
  void a_name_that_moves_under_load_mixes_no_answers() throws Exception {
    load("law", "incoming/a", false);
    Map<String, List<String>> alone = new HashMap<>();
    for (String adapter : List.of("a", "b")) {
      load("law", "incoming/" + adapter, true);
      List<String> texts = new ArrayList<>();
      for (int seed = 0; seed < 8; seed++) {
        texts.add(alone(adapter, seed));
      }
      alone.put(json(ask("law", 0)).path("model").asText(), texts);
    }
    assertThat(alone).hasSize(2);
    AtomicBoolean moving = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(9);
    try {
      Future<Integer> swaps =
          threads.submit(
              () -> {
                int count = 0;
                while (count < 60) {
                  assertThat(
                          load("law", count % 2 == 0 ? "incoming/a" : "incoming/b", true)
                              .statusCode())
                      .isEqualTo(200);
                  count++;
                }
                moving.set(false);
                return count;
              });
      List<Future<Map<String, Integer>>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int seed = i;
        clients.add(
            threads.submit(
                () -> {
                  Map<String, Integer> met = new HashMap<>();
                  while (moving.get()) {
                    HttpResponse<String> answer = ask("law", seed);
                    String model = json(answer).path("model").asText();
                    assertThat(text(answer)).isEqualTo(alone.get(model).get(seed));
                    met.merge(model, 1, Integer::sum);
                  }
                  return met;
                }));
      }
      assertThat(swaps.get()).isEqualTo(60);
      Map<String, Integer> all = new HashMap<>();
      for (Future<Map<String, Integer>> client : clients) {
        client.get().forEach((model, count) -> all.merge(model, count, Integer::sum));
      }
      assertThat(all.keySet()).isEqualTo(alone.keySet());
    } finally {
      moving.set(false);
      threads.shutdownNow();
    }
  }
}
