package org.seal4j.rl.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.rl.passage.EntiGraph;
import org.seal4j.rl.passage.PromptKinds;
import org.seal4j.rl.testing.FakeChat;

/** Against a service on this machine that gives prepared answers. */
class ChatClientTest {
  private static final String KEY = "sk-very-secret";
  private static final Sampling SAMPLING = Sampling.creative(100);
  private static final Passage ROME = new Passage("r", "Rome", "It fell.", List.of());

  private final FakeChat chat = new FakeChat();
  private final List<JsonNode> asked = chat.asked();
  private final List<Long> waits = new ArrayList<>();

  @AfterEach
  void stop() {
    chat.close();
  }

  private void gives(int status, String body) {
    chat.gives(status, body, Map.of());
  }

  private ChatClient client() {
    return client(chat.url(), "SEAL_KEY", 20);
  }

  private ChatClient client(String url, String variable, int seconds) {
    EndpointConfig config = new EndpointConfig(url, "gpt", variable, 5, seconds, 3, 1.5);
    return new ChatClient(config, name -> name.equals("SEAL_KEY") ? KEY : null, waits::add);
  }

  @Test
  void a_prompt_is_sent_with_model_sampling_and_key_and_its_answer_returned() {
    chat.says("Rome é fell.");
    assertThat(client().ask("What \"fell\"?", SAMPLING)).isEqualTo("Rome é fell.");
    JsonNode request = asked.get(0);
    assertThat(request.get("model").asText()).isEqualTo("gpt");
    assertThat(request.at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(request.at("/messages/0/content").asText()).isEqualTo("What \"fell\"?");
    assertThat(request.get("temperature").asDouble()).isEqualTo(1);
    assertThat(request.get("top_p").asDouble()).isEqualTo(0.95);
    assertThat(request.get("max_tokens").asInt()).isEqualTo(100);
    assertThat(chat.authorizations()).containsExactly("Bearer " + KEY);
    assertThat(waits).isEmpty();
  }

  @Test
  void no_key_is_sent_where_none_is_named() {
    chat.says("x");
    assertThat(client(chat.url(), "", 20).ask("?", SAMPLING)).isEqualTo("x");
    assertThat(chat.authorizations()).containsExactly("");
  }

  @Test
  void a_busy_service_is_asked_again_with_growing_waits_or_those_it_names() {
    gives(429, "slow down");
    chat.gives(503, "", Map.of("Retry-After", "7"));
    chat.says("done");
    assertThat(client().ask("?", SAMPLING)).isEqualTo("done");
    assertThat(waits).containsExactly(1_500L, 7_000L);
  }

  @Test
  void a_wait_is_a_minute_at_most() {
    chat.gives(429, "", Map.of("Retry-After", "999999"));
    chat.says("done");
    client().ask("?", SAMPLING);
    assertThat(waits).containsExactly(60_000L);
  }

  @Test
  void a_service_that_stays_down_is_given_up_with_address_and_status() {
    for (int i = 0; i < 3; i++) {
      gives(500, "{\"error\":{\"message\":\"overloaded, %s\"}}".formatted(KEY));
    }
    assertThatThrownBy(() -> client().ask("?", SAMPLING))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the model 'gpt' at %s/chat/completions gave status 500 (overloaded, <key>), after 3"
                + " tries",
            chat.url());
    assertThat(asked).hasSize(3);
    assertThat(waits).containsExactly(1_500L, 3_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 302})
  void a_refusal_is_final(int status) {
    gives(status, "no");
    assertThatThrownBy(() -> client().ask("?", SAMPLING))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("gave status " + status)
        .hasMessageNotContaining(KEY);
    assertThat(asked).hasSize(1);
  }

  @Test
  @Tag("slow")
  void silence_is_broken_off_and_retried() {
    assertThatThrownBy(() -> client(chat.url(), "SEAL_KEY", 1).ask("?", SAMPLING))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no answer within 1 s, after 3 tries");
    assertThat(waits).hasSize(2);
  }

  @Test
  void a_closed_port_is_named() {
    String gone = chat.url();
    chat.close();
    assertThatThrownBy(() -> client(gone, "SEAL_KEY", 5).ask("?", SAMPLING))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(gone)
        .hasMessageContaining("no answer: ConnectException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>                                  | not JSON",
        "{\"choices\": []}                       | without the text choices[0].message.content",
        "{\"choices\": [{\"message\": {\"content\": null}}]} | without the text"
      })
  @Tag("slow")
  void an_answer_of_another_form_is_refused(String body, String said) {
    gives(200, body);
    assertThatThrownBy(() -> client().ask("?", SAMPLING))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(said);
  }

  @Test
  void a_missing_key_is_refused_before_anything_is_sent() {
    assertThatThrownBy(() -> client(chat.url(), "OTHER_KEY", 5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("environment variable OTHER_KEY")
        .hasMessageNotContaining(KEY);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://x/v1              | K | http or https",
        "not an address          | K | not an address",
        "https://u:p@x/v1        | K | no user, query",
        "https://x/v1?key=sk     | K | no user, query",
        "http://example.org/v1   | K | unencrypted",
        "https://x/v1   | sk-abc-123 | never the key itself"
      })
  void an_address_that_would_leak_or_fail_is_refused(String url, String variable, String said) {
    assertThatThrownBy(() -> EndpointConfig.of(url, "m", variable))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(said);
    assertThat(EndpointConfig.of("http://example.org/v1/", "m", "").completions())
        .hasToString("http://example.org/v1/chat/completions");
  }

  @Test
  void a_teacher_writes_several_texts_about_a_passage() {
    chat.says(" 1. It fell. ");
    chat.says("");
    Teacher teacher = new Teacher(client(), SAMPLING);
    var written = teacher.write(ROME, PromptKinds.builtIn().named("implications"), 2);
    assertThat(written.completions()).containsExactly("1. It fell.", "");
    assertThat(written.prompt()).isEqualTo(asked.get(0).at("/messages/0/content").asText());
    assertThat(written.passage()).isEqualTo(ROME);
  }

  @Test
  void a_teacher_discusses_pairs_of_entities() {
    chat.says("{\"entities\": [\"Rome\", \"Gaul\"]}");
    chat.says("They met.");
    var written =
        new Teacher(client(), SAMPLING).write(ROME, EntiGraph.defaults(), Seeds.of(1).rng());
    assertThat(written.completions()).containsExactly("They met.");
  }

  @Test
  void a_judge_says_yes_or_no_once_per_triple_and_never_for_blank_answers() {
    chat.says("Yes.");
    chat.says("no");
    LlmJudge judge = new LlmJudge(client());
    assertThat(judge.grade("Who?", List.of("Ann", "Anna"), "It was Ann")).isEqualTo(1);
    assertThat(judge.grade("Who?", List.of("Ann", "Anna"), "It was Ann")).isEqualTo(1);
    assertThat(judge.grade("Who?", List.of("Ann"), "Bob")).isEqualTo(0);
    assertThat(judge.grade("Who?", List.of("Ann"), " ")).isEqualTo(0);
    assertThat(judge.grade("Who?", List.of(), "")).isEqualTo(1);
    assertThat(judge.grade("Who?", List.of(), "Ann")).isEqualTo(0);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(0).get("temperature").asDouble()).isZero();
    assertThat(asked.get(0).at("/messages/0/content").asText())
        .contains("Question: Who?", "Accepted answer: Ann | or: Anna", "Answer: It was Ann");
  }

  @ParameterizedTest
  @CsvSource({
    "yes,1",
    "YES!,1",
    "'Yes, no doubt',0",
    "no,0",
    "eyes,0",
    "Yes: nothing is missing,1"
  })
  void a_verdict_is_right_if_yes_occurs_and_no_does_not(String reply, double verdict) {
    assertThat(LlmJudge.verdict(reply)).isEqualTo(verdict);
  }
}
