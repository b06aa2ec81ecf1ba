package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.file.ContentHash;
import org.seal4j.scripts.recipe.SettingsFile;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.serve.ServeKeys;

/** {@code seal serve}: its settings, and a server that is asked and stopped. */
class ServeCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("serving .* at (http://[^/]+)/v1");

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int seal(Object... args) {
    List<String> words = new ArrayList<>(List.of("serve"));
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Test
  void the_settings_that_are_shown_are_those_of_the_program() throws IOException {
    assertThat(seal("--show-config")).isZero();
    Path shown = Files.writeString(home.resolve("serve.yaml"), out.toString());
    ServeKeys read = SettingsFile.read(out.toString(), shown, List.of(), ServeKeys.class);
    ServeKeys own = ServeKeys.local(8080);
    assertThat(read.answers()).isEqualTo(own.answers());
    assertThat(read.http()).isEqualTo(own.http());
    assertThat(read.adapters()).isEqualTo(own.adapters());
    assertThat(read.listen().host()).isEqualTo("127.0.0.1");
    assertThat(read.keys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listen.prot=1 | did you mean 'listen.port'",
        "answers.longest=0 | longest must be at least 1",
        "keys=[{name: a, sha256: b, scopes: [ask], perMinute: 1}] | SHA-256",
        "keys=[{name: a, sha256: b, scopes: [rule], perMinute: 1}] | ask, load, adapt, approve",
        "adapters.loaded=2 | --set adapters.loaded=2",
        "listen.host=0.0.0.0 | there are no keys",
        "tls={keyStore: none.p12, passwordVariable: SEAL_TEST_NOT_SET} | SEAL_TEST_NOT_SET"
      })
  void settings_are_read_strictly(String set, String sentence) {
    Path model = TalkingModel.at(home.resolve("model")).folder();
    assertThat(seal("--model", model, "--set", "listen.port=0", "--set", set)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
  }

  @Test
  void settings_that_do_not_fit_together_are_found_in_the_file_of_the_user() throws IOException {
    Path file = Files.writeString(home.resolve("my.yaml"), "adapters:\n  loaded: 2\n");
    assertThat(seal("--model", "none", "--config", file)).isEqualTo(2);
    assertThat(err.toString())
        .contains("my.yaml:2: in 'adapters': together must be between 1 and loaded, 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | there is no model at",
        "empty | has no config.json, and no .bin file",
        "notes.txt | is no GGUF file",
        "notes.bin | notes.bin",
        "half | half"
      })
  void what_is_no_model_is_refused_before_anything_listens(String name, String sentence)
      throws IOException {
    Files.createDirectories(home.resolve("empty"));
    Files.writeString(home.resolve("notes.txt"), "no model");
    Files.writeString(home.resolve("notes.bin"), "no model");
    Path half = TalkingModel.at(home.resolve("half")).folder();
    Files.delete(half.resolve("model.safetensors"));
    assertThat(seal("--model", home.resolve(name), "--port", 0)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).doesNotContain("listening");
    assertThat(err.toString().lines().filter(line -> line.startsWith("seal: "))).hasSize(1);
  }

  @Test
  void a_tokenizer_that_is_not_there_is_refused_before_anything_listens() {
    Path model = TalkingModel.at(home.resolve("model")).folder();
    assertThat(seal("--model", model, "--port", 0, "--tokenizer", home.resolve("none")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("there is no tokenizer at").doesNotContain("listening");
  }

  @Test
  void a_cache_that_the_heap_cannot_hold_is_refused_before_anything_listens() {
    Path model = TalkingModel.at(home.resolve("model")).folder();
    int tokens = 40_000_000;
    assertThat(seal("--model", model, "--port", 0, "--set", "answers.cacheTokens=" + tokens))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("a cache of 40,000,000 tokens")
        .contains("SEAL_JAVA_OPTS=-Xmx")
        .doesNotContain("listening");
  }

  @Test
  void a_key_is_hashed_from_standard_input() {
    String key = "0123456789abcdef0123456789abcdef";
    var before = System.in;
    System.setIn(new ByteArrayInputStream((key + "\n").getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(seal("--hash-key")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString().trim()).isEqualTo(ContentHash.ofText(key));
  }

  @Test
  void without_a_model_it_says_what_is_missing() {
    assertThat(seal()).isEqualTo(2);
    assertThat(err.toString()).contains("--model MODEL");
  }

  @Test
  @Tag("slow")
  void it_serves_a_model_with_the_adapters_of_a_folder_until_it_is_stopped() throws Exception {
    TalkingModel model = TalkingModel.at(home.resolve("model"));
    model.adapter(home.resolve("adapters/law"), 3);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Callable<Integer> serving =
          () ->
              seal(
                  "--model",
                  model.folder(),
                  "--name",
                  "talking",
                  "--adapters",
                  home.resolve("adapters"),
                  "--port",
                  0,
                  "--set",
                  "adapters.otherBase=true");
      Future<Integer> code = threads.submit(serving);
      String address = address(code);
      assertThat(get(address + "/health")).isEqualTo("{\"status\":\"ok\"}");
      assertThat(get(address + "/v1/models")).contains("\"talking\"").contains("\"law\"");
      threads.shutdownNow();
      assertThat(code.get()).isZero();
      assertThat(err.toString())
          .contains("GET /v1/models 200")
          .contains("writing with packed weights, a copy of ");
    } finally {
      threads.shutdownNow();
    }
  }

  private String address(Future<Integer> code) throws Exception {
    for (int i = 0; i < 1200; i++) {
      Matcher found = ADDRESS.matcher(err.toString());
      if (found.find()) {
        return found.group(1);
      }
      assertThat(code.isDone()).as(err.toString()).isFalse();
      Thread.sleep(50);
    }
    throw new AssertionError("it does not serve: " + err);
  }

  private static String get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
