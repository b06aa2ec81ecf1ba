package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seal4j.serve.SmallServer.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

/**
 * What lies in the folder of adapters when a server starts, and what names of it a client may ask.
 */
class ServedFolderTest {
  @TempDir Path home;
  private SmallModel small;
  private Path folder;
  private static final String NOT_ENDED =
      "the run has not ended; wait for it, or resume it, and load its adapter then";

  private SmallServer server;

  @BeforeEach
  void prepare() {
    small = SmallModel.at(home.resolve("model"));
    folder = home.resolve("adapters");
    small.adapter(folder.resolve("good"), 3);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void start() {
    server = SmallServer.open(ServeKeys.local(0), small, folder);
  }

  private HttpResponse<String> load(String name, String path) {
    return server.post(
        "/v1/load_lora_adapter", "{'lora_name':'%s','lora_path':'%s'}".formatted(name, path));
  }

  private List<String> leftOut() {
    return server.log().stream().filter(line -> line.startsWith("left out: ")).toList();
  }

  @Test
  void what_cannot_be_served_is_left_out_with_a_line_and_the_others_are_served()
      throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("broken")).resolve("adapter_config.json"), "{");
    Path flipped = small.adapter(folder.resolve("flipped"), 4).resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(flipped);
    bytes[bytes.length - 2] ^= 4;
    Files.write(flipped, bytes);
    small.adapter(folder.resolve("small"), 5);
    small.adapter(folder.resolve("two words"), 5);
    Files.writeString(
        Files.createDirectories(folder.resolve(".served/lost")).resolve("current"), "zz");
    Files.createSymbolicLink(folder.resolve("linked"), small.adapter(home.resolve("out"), 9));
    start();
    assertThat(server.server().models()).containsExactly("small", "good");
    assertThat(leftOut())
        .hasSize(6)
        .anyMatch(line -> line.startsWith("left out: broken: ") && line.contains("adapter_config"))
        .anyMatch(line -> line.startsWith("left out: flipped: "))
        .anyMatch(line -> line.equals("left out: small: small is the name of the model itself"))
        .anyMatch(line -> line.startsWith("left out: two words: "))
        .anyMatch(line -> line.startsWith("left out: lost: ") && line.contains("lost/current"))
        .anyMatch(line -> line.startsWith("left out: linked: ") && line.contains("a link out of"));
    assertThat(home.resolve("out")).isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void nothing_is_written_where_the_user_keeps_adapters_and_runs() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    small.adapter(run.resolve("adapter"), 5);
    for (String file : List.of("effective.yaml", "manifest.json", "SHA256SUMS")) {
      Files.writeString(run.resolve(file), "");
    }
    start();
    assertThat(server.server().models()).containsExactly("small", "good", "run");
    assertThat(load("law", "run").statusCode()).isEqualTo(200);
    assertThat(folder).isDirectoryContaining(path -> path.endsWith(".served"));
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(".served", "good", "run");
    }
    try (Stream<Path> all = Files.list(run)) {
      assertThat(all).hasSize(4);
    }
    assertThat(folder.resolve("good")).isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void a_run_that_has_not_ended_is_left_alone() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    small.adapter(run.resolve("adapter"), 5);
    Files.writeString(run.resolve("effective.yaml"), "");
    Files.writeString(run.resolve("manifest.json"), "");
    start();
    assertThat(server.server().models()).containsExactly("small", "good");
    assertThat(leftOut()).containsExactly("left out: run: " + NOT_ENDED);
    assertThat(load("law", "run").body()).contains(NOT_ENDED);
    assertThat(load("law", "run/adapter").body()).contains(NOT_ENDED);
    Files.writeString(run.resolve("SHA256SUMS"), "");
    assertThat(load("law", "run").statusCode()).isEqualTo(200);
  }

  @Test
  void a_folder_whose_name_was_unloaded_stays_so_until_it_is_loaded_again() {
    start();
    server.post("/v1/unload_lora_adapter", "{'lora_name':'good'}");
    server.close();
    start();
    assertThat(server.server().models()).containsExactly("small");
    assertThat(leftOut()).anyMatch(line -> line.startsWith("left out: good: it was unloaded"));
    assertThat(load("good", "good").statusCode()).isEqualTo(200);
    server.close();
    start();
    assertThat(server.server().models()).containsExactly("small", "good");
  }

  @Test
  void a_folder_has_one_server_at_a_time() {
    start();
    assertThatThrownBy(() -> SmallServer.open(ServeKeys.local(0), small, folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another server has the folder of adapters");
    server.close();
    start();
    assertThat(server.server().models()).containsExactly("small", "good");
  }

  @Test
  void a_folder_whose_files_are_links_is_not_taken_for_one_that_was_read() throws IOException {
    Path out = small.adapter(home.resolve("out"), 3);
    Path linked = Files.createDirectories(folder.resolve("incoming/linked"));
    Files.copy(out.resolve("adapter_config.json"), linked.resolve("adapter_config.json"));
    Files.createSymbolicLink(
        linked.resolve("adapter_model.safetensors"), out.resolve("adapter_model.safetensors"));
    small.adapter(folder.resolve("incoming/whole"), 3);
    start();
    assertThat(load("law", "incoming/whole").statusCode()).isEqualTo(200);
    assertThat(load("tax", "incoming/linked").statusCode()).isEqualTo(400);
  }

  @Test
  void nothing_stays_of_an_adapter_whose_template_is_none() throws IOException {
    Path adapter = small.adapter(folder.resolve("incoming/odd"), 3);
    Files.writeString(adapter.resolve("chat_template.jinja"), "{% for %}");
    start();
    assertThat(load("law", "incoming/odd").statusCode()).isEqualTo(400);
    assertThat(folder.resolve(".served/law")).doesNotExist();
  }

  @Test
  void a_model_is_described_by_every_name_that_answers() {
    start();
    String hash = json(server.get("/v1/models/good")).path("hash").asText();
    String described = server.get("/v1/models/good").body();
    for (String name :
        List.of("small:good", "good@" + hash.substring(0, 8), "good@" + hash.toUpperCase())) {
      assertThat(server.get("/v1/models/" + name).body()).as(name).isEqualTo(described);
      assertThat(ask(name).statusCode()).as(name).isEqualTo(200);
    }
    assertThat(ask("small:good*0.5+small:good*0.5").statusCode()).isEqualTo(200);
    assertThat(server.get("/v1/models/good*0.5").statusCode()).isEqualTo(400);
    assertThat(server.get("/v1/models/none").statusCode()).isEqualTo(404);
    assertThat(ask("good@").body()).contains("behind '@'");
    assertThat(ask("small+good").body()).contains("name the adapters alone");
  }

  private HttpResponse<String> ask(String model) {
    return server.post(
        "/v1/completions",
        "{'model':'%s','prompt':'To be','seed':1,'max_tokens':2}".formatted(model));
  }

  @Test
  void tokens_are_counted_with_the_template_of_the_adapter_that_is_named() throws IOException {
    Files.writeString(folder.resolve("good/chat_template.jinja"), "to be");
    start();
    String body = "{'model':'%s','messages':[{'role':'user','content':'To be, or not'}]}";
    HttpResponse<String> counted = server.post("/tokenize", body.formatted("good"));
    HttpResponse<String> answer =
        server.post(
            "/v1/chat/completions", body.formatted("good").replace("}]}", "}],'max_tokens':1}"));
    assertThat(json(counted).path("count").asInt())
        .isEqualTo(json(answer).at("/usage/prompt_tokens").asInt())
        .isLessThan(json(server.post("/tokenize", body.formatted("small"))).path("count").asInt());
    assertThat(server.post("/tokenize", body.formatted("nope")).statusCode()).isEqualTo(404);
    assertThat(server.post("/detokenize", "{'model':5,'tokens':[1]}").statusCode()).isEqualTo(400);
  }
}
