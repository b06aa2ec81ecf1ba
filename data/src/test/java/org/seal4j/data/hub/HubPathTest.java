package org.seal4j.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

/** Names on a hub where a path is taken. */
class HubPathTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path home;

  /** What Python's library leaves, by hand. */
  private Path cached(String... files) throws IOException {
    Path repository = home.resolve("hub/models--owner--tiny");
    Path snapshot = Files.createDirectories(repository.resolve("snapshots/" + COMMIT));
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs/main"), COMMIT);
    for (String file : files) {
      Files.writeString(snapshot.resolve(file), "{\"weight_map\": {\"a\": \"part.safetensors\"}}");
    }
    return snapshot;
  }

  private Path local(String name) {
    return HubPath.local(
        HubName.parse(name), HubSettings.of(Map.of("HF_HOME", home.toString())::get));
  }

  @BeforeEach
  void this_home() {
    System.setProperty("HF_HOME", home.toString());
  }

  @AfterEach
  void no_home() {
    System.clearProperty("HF_HOME");
  }

  @Test
  void a_name_stands_for_the_folder_in_the_cache_and_other_paths_for_themselves()
      throws IOException {
    Path folder = cached("config.json", "model.safetensors");
    assertThat(HubPath.local(Path.of("hf:owner/tiny"))).isEqualTo(folder);
    assertThat(HubPath.local(Path.of("hf:owner/tiny@" + COMMIT))).isEqualTo(folder);
    assertThat(HubPath.local(Path.of("hf:owner/tiny:config.json")))
        .isEqualTo(folder.resolve("config.json"));
    assertThat(HubPath.local(Path.of("models/hf:x"))).isEqualTo(Path.of("models/hf:x"));
    assertThat(HubPath.local(folder)).isEqualTo(folder);
  }

  @Test
  void a_name_is_pinned_to_the_commit_that_it_means_today() throws IOException {
    assertThat(HubPath.pinned(Path.of("hf:owner/tiny"))).isEqualTo(Path.of("hf:owner/tiny"));
    cached("model.safetensors");
    Path pinned = Path.of("hf:owner/tiny@" + COMMIT);
    assertThat(HubPath.pinned(Path.of("hf:owner/tiny"))).isEqualTo(pinned);
    assertThat(HubPath.pinned(pinned)).isEqualTo(pinned);
    assertThat(HubPath.pinned(Path.of("hf:owner/tiny:a.gguf")))
        .isEqualTo(Path.of("hf:owner/tiny@" + COMMIT + ":a.gguf"));
    assertThat(HubPath.pinned(Path.of("models/tiny"))).isEqualTo(Path.of("models/tiny"));
  }

  @Test
  void a_folder_of_the_cache_knows_its_name() throws IOException {
    Path folder = cached("a.gguf");
    assertThat(HubPath.name(folder)).hasValue(HubName.parse("owner/tiny@" + COMMIT));
    assertThat(HubPath.name(folder.resolve("a.gguf")).orElseThrow())
        .hasToString("hf:owner/tiny@" + COMMIT + ":a.gguf");
    assertThat(HubPath.name(home)).isEmpty();
    assertThat(HubPath.name(home.resolve("snapshots/" + COMMIT))).isEmpty();
  }

  @Test
  void what_was_not_fetched_comes_with_the_command_that_fetches_it() throws IOException {
    assertThatThrownBy(() -> local("owner/tiny@v1:b.gguf"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "hf:owner/tiny@v1:b.gguf is not in the cache %s; fetch it first: seal fetch"
                + " owner/tiny@v1 --file b.gguf",
            home.resolve("hub"));
    cached("a.gguf");
    assertThatThrownBy(() -> local("owner/tiny:b.gguf"))
        .hasMessageEndingWith("fetch it first: seal fetch owner/tiny --file b.gguf");
  }

  @Test
  void what_is_there_in_part_is_said_to_be() throws IOException {
    cached("config.json");
    assertThatThrownBy(() -> local("owner/tiny"))
        .hasMessageContaining("has no weights in the cache")
        .hasMessageEndingWith("but [config.json]; fetch them: seal fetch owner/tiny");
    cached("model.safetensors.index.json");
    assertThatThrownBy(() -> local("owner/tiny"))
        .hasMessageContaining("hf:owner/tiny is not complete: part.safetensors is missing in");
    Path folder = cached("part.safetensors");
    assertThat(local("owner/tiny")).isEqualTo(folder);
  }

  @Test
  void one_gguf_file_is_the_model_and_of_several_one_is_named() throws IOException {
    Path folder = cached("a.gguf");
    assertThat(local("owner/tiny")).isEqualTo(folder.resolve("a.gguf"));
    cached("b.gguf");
    assertThatThrownBy(() -> local("owner/tiny"))
        .hasMessage(
            "hf:owner/tiny has several GGUF files in the cache; name one: hf:owner/tiny:a.gguf or"
                + " hf:owner/tiny:b.gguf");
    assertThat(local("owner/tiny:b.gguf")).isEqualTo(folder.resolve("b.gguf"));
  }

  @Test
  void a_ref_that_holds_no_commit_is_refused() throws IOException {
    cached("a.gguf");
    Files.writeString(home.resolve("hub/models--owner--tiny/refs/main"), "../../..");
    assertThatThrownBy(() -> local("owner/tiny")).hasMessageContaining("holds no commit");
  }

  @Test
  void variables_say_where_the_cache_is_as_they_do_in_Python() {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/me"));
    assertThat(HubSettings.of(environment::get).cache())
        .isEqualTo(Path.of("/home/me/.cache/huggingface/hub"));
    assertThat(HubSettings.of(environment::get).endpoint()).hasToString("https://huggingface.co");
    environment.put("XDG_CACHE_HOME", "/x");
    assertThat(HubSettings.of(environment::get).cache()).isEqualTo(Path.of("/x/huggingface/hub"));
    environment.put("HF_HOME", "~/hf");
    assertThat(HubSettings.of(environment::get).cache()).isEqualTo(Path.of("/home/me/hf/hub"));
    environment.put("HF_HUB_CACHE", "/c");
    assertThat(HubSettings.of(environment::get).cache()).isEqualTo(Path.of("/c"));
    environment.put("HF_HUB_OFFLINE", "yes");
    assertThat(HubSettings.of(environment::get).offline()).isTrue();
  }
}
