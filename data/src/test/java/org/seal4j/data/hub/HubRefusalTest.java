package org.seal4j.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.HubTrouble;

/** What is refused, each in one sentence, and that nothing is left of it. */
class HubRefusalTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final String LISTING = "revision/main";

  @TempDir Path home;
  private HubVisit visit;

  @BeforeEach
  void open_a_hub() {
    visit = new HubVisit(home);
    visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
  }

  @AfterEach
  void close_it() {
    visit.close();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> fetching(String name) {
    return assertThatThrownBy(() -> visit.fetch(name)).isInstanceOf(InputException.class);
  }

  @Test
  void a_repository_that_is_not_there() {
    fetching("owner/other")
        .hasMessage(
            "%s has no model owner/other that everybody may read (status 404); check the name, and"
                + " for a private model set HF_TOKEN",
            visit.hub.url());
  }

  @Test
  void a_revision_that_is_not_there() {
    fetching("owner/tiny@v9")
        .hasMessage("owner/tiny has no revision 'v9' (status 404 of %s)", visit.hub.url());
  }

  @Test
  void a_file_that_is_not_there() {
    fetching("hf:owner/tiny:model.gguf")
        .hasMessageStartingWith("the repository has no file 'model.gguf' at commit ")
        .hasMessageContaining("it has [README.md, ");
    visit.hub.trouble("config.json#head", HubTrouble.status(404, "EntryNotFound"));
    fetching("owner/tiny")
        .hasMessageStartingWith("owner/tiny has no file 'config.json' at revision 'main'");
  }

  @Test
  void a_token_that_is_missing_or_wrong() {
    visit.hub.demand("hf_right");
    fetching("owner/tiny").hasMessageContaining("status 401").hasMessageContaining("set HF_TOKEN");
    visit.with("HF_TOKEN", "hf_wrong");
    fetching("owner/tiny")
        .hasMessageContaining("that the token in HF_TOKEN may read (status 401)")
        .hasMessageNotContaining("hf_wrong");
    visit.with("HF_TOKEN", "two words");
    fetching("owner/tiny")
        .hasMessage("HF_TOKEN holds no token: it must be one word of plain characters");
  }

  @Test
  void a_model_whose_conditions_were_not_accepted() {
    visit.hub.trouble("config.json#head", HubTrouble.status(401, "GatedRepo"));
    fetching("owner/tiny")
        .hasMessage(
            "owner/tiny is gated: accept its conditions at %s/owner/tiny and set HF_TOKEN to a"
                + " token of that account (status 401)",
            visit.hub.url());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void a_hub_that_stays_busy(int status) {
    for (int i = 0; i < Patience.TRIES; i++) {
      visit.hub.trouble(LISTING, HubTrouble.status(status));
    }
    fetching("owner/tiny")
        .hasMessage(
            "%s answers with status %d, after 5 tries; call again later, it goes on where it"
                + " stopped",
            visit.hub.url(), status);
    assertThat(visit.waits).containsExactly(1000L, 2000L, 4000L, 8000L);
  }

  @Test
  void a_hub_that_nobody_runs() {
    visit.with("HF_ENDPOINT", "http://127.0.0.1:1");
    fetching("owner/tiny")
        .hasMessageStartingWith("the line to http://127.0.0.1:1 broke, or there is none (")
        .hasMessageContaining("after 5 tries");
  }

  @Test
  void an_address_that_is_no_hub() {
    visit.hub.trouble(LISTING, HubTrouble.page());
    fetching("owner/tiny").hasMessageContaining("answers with 'text/html' instead of JSON");
    visit.hub.trouble("config.json#head", HubTrouble.page());
    visit.hub.trouble("config.json", HubTrouble.page());
    fetching("owner/tiny").isInstanceOf(InputException.class);
    visit.with("HF_ENDPOINT", "ftp://hub.example");
    fetching("owner/tiny")
        .hasMessageStartingWith("HF_ENDPOINT is 'ftp://hub.example'; it must be the address");
  }

  @Test
  void addresses_that_lead_in_a_circle_or_out_of_the_web() {
    for (int i = 0; i < 12; i++) {
      visit.hub.trouble(LISTING, HubTrouble.redirect("/api/models/owner/tiny/revision/main"));
    }
    fetching("owner/tiny")
        .hasMessageEndingWith("leads from one address to the next more than 10 times");
    visit.hub.trouble("config.json", HubTrouble.redirect("file:///etc/passwd"));
    fetching("owner/tiny")
        .hasMessageEndingWith("leads to 'file:///etc/passwd', which is not followed");
  }

  @Test
  void a_file_that_is_longer_or_shorter_than_the_hub_says() {
    visit.hub.trouble(WEIGHTS, HubTrouble.longer(10));
    fetching("owner/tiny")
        .hasMessage(
            "the hub sends more than the 300000 bytes that it says 'model.safetensors' has; nothing"
                + " of it is kept");
    for (int i = 0; i < 20; i++) {
      visit.hub.trouble(WEIGHTS, (answer, bytes) -> answer.file(new byte[10]));
    }
    fetching("owner/tiny")
        .hasMessageStartingWith("the hub sends 10 of the 300000 bytes of 'model.safetensors'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.json", "/etc/x", "a//b", "a/./b", "..", "a\\..\\b", "a\nb"})
  void a_listing_with_a_path_that_leads_elsewhere(String name) {
    visit.hub.put("owner/bad", Map.of(name, new byte[1], "model.safetensors", new byte[1]));
    fetching("owner/bad").hasMessageContaining("which is no path inside of a repository");
    assertThat(home.resolve("hub")).doesNotExist();
  }

  @Test
  void an_index_with_a_path_that_leads_elsewhere() {
    String index = "{\"weight_map\": {\"a\": \"../../../x.safetensors\"}}";
    visit.hub.put(
        "owner/bad",
        Map.of(
            "config.json",
            HubVisit.text("{}"),
            "model.safetensors.index.json",
            HubVisit.text(index)));
    fetching("owner/bad").hasMessageContaining("'../../../x.safetensors', which is no path");
  }

  @Test
  void pickles_whatever_is_asked_for() {
    visit.hub.put("o/p", Map.of("config.json", new byte[1], "pytorch_model.bin", new byte[1]));
    fetching("o/p")
        .hasMessageStartingWith("o/p has neither safetensors (model.safetensors) nor a .gguf file")
        .hasMessageContaining("but pytorch_model.bin, which is not fetched");
    fetching("o/p:pytorch_model.bin").hasMessageContaining("may be a Python pickle");
    visit.hub.put(
        "o/a", Map.of("adapter_config.json", new byte[1], "adapter_model.bin", new byte[1]));
    fetching("o/a").hasMessageContaining("but adapter_model.bin, which is not fetched");
  }

  @Test
  void several_gguf_files_of_which_none_was_chosen() {
    visit.hub.put("o/g", Map.of("a-Q4_0.gguf", new byte[1], "a-Q8_0.gguf", new byte[2]));
    fetching("o/g")
        .hasMessage("o/g has 2 GGUF files; choose one with --file: a-Q4_0.gguf, a-Q8_0.gguf");
  }

  @Test
  void a_file_whose_etag_is_a_path() {
    visit.hub.trouble(
        "config.json#head",
        (answer, bytes) -> {
          answer.header("ETag", "\"../../x\"");
          answer.file(bytes);
        });
    fetching("owner/tiny").hasMessageContaining("answers with the ETag '\"../../x\"'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny", "a/b/c", "a/", "/b", "a/b--c", "a/..", "-a/b", "a/b.git", "a b/c", "hf:/a/b", ""
      })
  void a_name_of_another_form(String name) {
    fetching(name).hasMessageContaining("names no model on a hub; the form is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b@../x", "a/b@", "a/b:../x", "a/b@v1:", "a/b@/x"})
  void a_revision_or_a_file_that_leads_elsewhere(String name) {
    fetching(name).hasMessageContaining("which is no path inside of a repository");
    assertThat(visit.hub.requests()).isEmpty();
  }
}
