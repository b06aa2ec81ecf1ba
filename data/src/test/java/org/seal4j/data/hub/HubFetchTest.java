package org.seal4j.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.HubServer;
import org.seal4j.data.testing.HubTrouble;

/** Fetching from a hub that is well, and from one that fails now and then. */
class HubFetchTest {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir Path home;
  private HubVisit visit;

  @BeforeEach
  void open_a_hub() {
    visit = new HubVisit(home);
  }

  @AfterEach
  void close_it() {
    visit.close();
  }

  @Test
  void a_model_lies_in_the_cache_as_it_is_on_the_hub_without_what_nobody_needs()
      throws IOException {
    String commit = visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    HubFetch.Fetched fetched = visit.fetch(HubVisit.REPOSITORY);
    assertThat(fetched.name().revision()).isEqualTo(commit);
    assertThat(fetched.path())
        .isEqualTo(visit.cache.resolve("models--owner--tiny/snapshots/" + commit));
    assertThat(fetched.files())
        .containsExactly(
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            WEIGHTS);
    for (String file : fetched.files()) {
      assertThat(fetched.path().resolve(file)).hasBinaryContent(HubVisit.files().get(file));
    }
    assertThat(fetched.path().toFile().list()).hasSize(5);
    assertThat(visit.steps.get(visit.steps.size() - 1)).isGreaterThan(HubVisit.WEIGHTS);
    assertThat(visit.steps).isSorted();
  }

  @Test
  void what_is_there_is_not_fetched_again() {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    visit.fetch(HubVisit.REPOSITORY);
    long sent = visit.hub.sent();
    int asked = visit.hub.requests().size();
    assertThat(visit.fetch(HubVisit.REPOSITORY).fetched()).isZero();
    assertThat(visit.hub.sent()).isEqualTo(sent);
    assertThat(visit.hub.requests()).hasSize(asked + 1);
  }

  @Test
  void a_new_commit_fetches_what_is_new_alone() {
    Map<String, byte[]> files = HubVisit.files();
    visit.hub.put(HubVisit.REPOSITORY, files);
    visit.hub.tag(HubVisit.REPOSITORY, "v1");
    Path first = visit.fetch(HubVisit.REPOSITORY + "@v1").path();
    long sent = visit.hub.sent();
    byte[] other = HubVisit.text("{\"model_type\": \"qwen2\"}");
    files.put("config.json", other);
    visit.hub.put(HubVisit.REPOSITORY, files);
    Path second = visit.fetch(HubVisit.REPOSITORY).path();
    assertThat(visit.hub.sent()).isEqualTo(sent + other.length);
    assertThat(second.resolve("config.json")).hasBinaryContent(other);
    assertThat(first.resolve("config.json")).hasBinaryContent(HubVisit.files().get("config.json"));
  }

  @Test
  void a_line_that_breaks_is_taken_up_where_it_broke() {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    visit.hub.trouble(WEIGHTS, HubTrouble.cutAfter(100_000));
    visit.hub.trouble(WEIGHTS, HubTrouble.status(503));
    Path path = visit.fetch(HubVisit.REPOSITORY).path();
    assertThat(path.resolve(WEIGHTS)).hasBinaryContent(HubVisit.files().get(WEIGHTS));
    assertThat(sent(WEIGHTS)).isEqualTo(HubVisit.WEIGHTS);
    assertThat(visit.waits).containsExactly(1000L, 2000L);
  }

  private long sent(String file) {
    return visit.asked("GET", file).stream().mapToLong(request -> request.sent().get()).sum();
  }

  @Test
  void a_fetch_that_was_given_up_goes_on_where_it_stopped() throws IOException {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    visit.hub.trouble(WEIGHTS, HubTrouble.cutAfter(123_456));
    for (int i = 0; i < Patience.TRIES; i++) {
      visit.hub.trouble(WEIGHTS, HubTrouble.status(500));
    }
    assertThatThrownBy(() -> visit.fetch(HubVisit.REPOSITORY))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s answers with status 500, after 5 tries; call again later, it goes on where it"
                + " stopped",
            visit.hub.storeUrl());
    assertThat(visit.incomplete()).hasSize(123_456);
    assertThatThrownBy(() -> HubPath.local(HubName.parse(HubVisit.REPOSITORY), visit.settings()))
        .hasMessageContaining("fetch it first: seal fetch owner/tiny");
    Path path = visit.fetch(HubVisit.REPOSITORY).path();
    assertThat(path.resolve(WEIGHTS)).hasBinaryContent(HubVisit.files().get(WEIGHTS));
    assertThat(sent(WEIGHTS)).isEqualTo(HubVisit.WEIGHTS);
    assertThat(visit.asked("GET", WEIGHTS))
        .extracting(HubServer.Request::range)
        .last()
        .isEqualTo("bytes=123456-");
    assertThat(visit.cached()).noneMatch(line -> line.contains(".incomplete"));
  }

  @Test
  void a_damaged_file_is_noticed_and_thrown_away() {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    for (String file : List.of("tokenizer.json", WEIGHTS)) {
      visit.hub.trouble(file, HubTrouble.flippedBit());
      assertThatThrownBy(() -> visit.fetch(HubVisit.REPOSITORY))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("'" + file + "' of owner/tiny came damaged: its SHA-")
          .hasMessageEndingWith("it is deleted, fetch it again");
      assertThat(visit.cached())
          .noneMatch(line -> line.contains(".incomplete") || line.contains("/" + file));
    }
    assertThat(visit.fetch(HubVisit.REPOSITORY).path().resolve(WEIGHTS))
        .hasBinaryContent(HubVisit.files().get(WEIGHTS));
  }

  /** Half of another file, or of a spoiled disk, was taken for the beginning. */
  @Test
  void a_beginning_that_is_wrong_is_fetched_anew() throws IOException {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    visit.hub.trouble(WEIGHTS, HubTrouble.cutAfter(50_000));
    for (int i = 0; i < Patience.TRIES; i++) {
      visit.hub.trouble(WEIGHTS, HubTrouble.status(502));
    }
    assertThatThrownBy(() -> visit.fetch(HubVisit.REPOSITORY)).isInstanceOf(InputException.class);
    byte[] wrong = new byte[50_000];
    Arrays.fill(wrong, (byte) 7);
    Files.write(visit.incomplete(), wrong);
    assertThat(visit.fetch(HubVisit.REPOSITORY).path().resolve(WEIGHTS))
        .hasBinaryContent(HubVisit.files().get(WEIGHTS));
    assertThat(visit.cached()).noneMatch(line -> line.contains(".incomplete"));
  }

  @Test
  void the_token_goes_to_the_hub_and_to_no_other_host() throws IOException {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    visit.hub.demand("hf_secret");
    visit.with("HF_TOKEN", "hf_secret").fetch(HubVisit.REPOSITORY);
    assertThat(visit.hub.requests())
        .filteredOn(request -> request.port().equals("hub"))
        .isNotEmpty()
        .allMatch(request -> request.authorization().equals("Bearer hf_secret"));
    assertThat(visit.hub.requests())
        .filteredOn(request -> request.port().equals("store"))
        .isNotEmpty()
        .allMatch(request -> request.authorization().isEmpty());
  }

  @Test
  void the_token_may_lie_in_its_file() throws IOException {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    visit.hub.demand("hf_secret");
    Files.writeString(home.resolve("token"), "hf_secret\n");
    assertThat(visit.fetch(HubVisit.REPOSITORY).fetched()).isEqualTo(5);
  }

  @Test
  void weights_in_parts_come_as_the_index_names_them() {
    Map<String, byte[]> files = HubVisit.files();
    byte[] weights = files.remove(WEIGHTS);
    String index =
        "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\","
            + " \"b\": \"model-00002-of-00002.safetensors\"}}";
    files.put("model.safetensors.index.json", HubVisit.text(index));
    files.put("model-00001-of-00002.safetensors", Arrays.copyOf(weights, 1000));
    files.put("model-00002-of-00002.safetensors", Arrays.copyOf(weights, 2000));
    files.put("consolidated.safetensors", weights);
    visit.hub.put(HubVisit.REPOSITORY, files);
    assertThat(visit.fetch(HubVisit.REPOSITORY).files())
        .contains("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
        .doesNotContain("consolidated.safetensors");
  }

  @Test
  void an_adapter_is_its_two_files_and_its_chat_template() {
    Map<String, byte[]> files = HubVisit.files();
    byte[] weights = files.remove(WEIGHTS);
    files.remove("config.json");
    files.put("adapter_config.json", HubVisit.text("{}"));
    files.put("adapter_model.safetensors", weights);
    files.put("chat_template.jinja", HubVisit.text("{{ x }}"));
    visit.hub.put(HubVisit.REPOSITORY, files);
    assertThat(visit.fetch(HubVisit.REPOSITORY).files())
        .containsExactly(
            "adapter_config.json",
            "chat_template.jinja",
            "tokenizer_config.json",
            "adapter_model.safetensors");
  }

  @Test
  void the_one_gguf_file_of_a_repository_is_its_model() {
    String commit =
        visit.hub.put(
            "o/g", Map.of("README.md", HubVisit.text("x"), "g-Q8_0.gguf", HubVisit.text("G")));
    Path file = visit.cache.resolve("models--o--g/snapshots/" + commit + "/g-Q8_0.gguf");
    assertThat(visit.fetch("o/g").path()).isEqualTo(file).hasBinaryContent(HubVisit.text("G"));
    assertThat(visit.fetch("hf:o/g:g-Q8_0.gguf").path()).isEqualTo(file);
  }

  @Test
  void an_offline_fetch_takes_what_is_there_and_asks_nobody() {
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
    Path path = visit.fetch(HubVisit.REPOSITORY).path();
    int asked = visit.hub.requests().size();
    visit.with("HF_HUB_OFFLINE", "1");
    assertThat(visit.fetch(HubVisit.REPOSITORY).path()).isEqualTo(path);
    assertThatThrownBy(() -> visit.fetch("owner/other"))
        .hasMessageContaining("HF_HUB_OFFLINE is set, and hf:owner/other is not in the cache");
    assertThat(visit.hub.requests()).hasSize(asked);
  }
}
