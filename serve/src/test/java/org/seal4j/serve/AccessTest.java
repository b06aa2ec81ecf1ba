package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seal4j.serve.SmallServer.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.serve.access.ApiKey;
import org.seal4j.serve.access.Scope;

/** Keys, what they allow, and how often. */
class AccessTest {
  private static final String ASKING = "key-of-one-who-asks-0123456789abcdef";
  private static final String LOADING = "key-of-an-operator-0123456789abcdef0";

  @TempDir Path home;
  private SmallServer server;

  @BeforeEach
  void start() {
    SmallModel small = SmallModel.at(home.resolve("model"));
    small.adapter(home.resolve("adapters/incoming/a"), 3);
    ServeKeys keys =
        ServeKeys.local(0)
            .withKeys(
                List.of(
                    new ApiKey("alice", ApiKey.hash(ASKING), Set.of(Scope.ASK), 6),
                    new ApiKey(
                        "operator", ApiKey.hash(LOADING), Set.of(Scope.ASK, Scope.LOAD), 600)));
    server = SmallServer.open(keys, small, home.resolve("adapters"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> load() {
    return server.post(
        "/v1/load_lora_adapter",
        "{'lora_name':'law','lora_path':'incoming/a','load_inplace':true}");
  }

  @Test
  void without_a_key_nothing_but_the_state_and_the_page_is_told() {
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
    assertThat(server.get("/").statusCode()).isEqualTo(200);
    for (String path : List.of("/v1/models", "/metrics", "/v1/models/small", "/nothing")) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(json(answer).at("/error/code").asText()).isEqualTo("invalid_api_key");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    server.as(ASKING + "x");
    assertThat(server.get("/v1/models").statusCode()).isEqualTo(401);
    server.as(ApiKey.hash(ASKING));
    assertThat(server.get("/v1/models").statusCode()).isEqualTo(401);
  }

  @Test
  void a_key_allows_what_its_scopes_say() {
    server.as(ASKING);
    assertThat(server.get("/v1/models").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = load();
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).at("/error/type").asText()).isEqualTo("permission_error");
    server.as(LOADING);
    assertThat(load().statusCode()).isEqualTo(200);
    assertThat(server.log())
        .anyMatch(line -> line.contains(" alice "))
        .noneMatch(line -> line.contains(ASKING) || line.contains(LOADING));
  }

  @Test
  void a_key_that_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up() {
    server.as(ASKING);
    int refused = 0;
    for (int i = 0; i < 12; i++) {
      HttpResponse<String> answer = tokenized();
      assertThat(server.get("/v1/jobs").statusCode()).as("costs nothing").isEqualTo(200);
      if (answer.statusCode() == 429) {
        refused++;
        assertThat(json(answer).at("/error/type").asText()).isEqualTo("rate_limit_error");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(1, 10);
      }
    }
    assertThat(refused).isBetween(4, 6);
    server.as(LOADING);
    assertThat(tokenized().statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> tokenized() {
    return server.post("/tokenize", "{'prompt':'To be'}");
  }

  @Test
  void short_keys_and_keys_in_the_clear_are_refused() {
    assertThatThrownBy(() -> ApiKey.hash("short"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("32");
    assertThatThrownBy(() -> new ApiKey("a", ASKING, Set.of(Scope.ASK), 1))
        .isInstanceOf(InputException.class)
        .hasMessageNotContaining(ASKING);
  }

  @Test
  void other_machines_are_listened_to_with_keys_alone() {
    ServeKeys open = ServeKeys.local(0).at(new ListenKeys("0.0.0.0", 0, List.of(), 1));
    assertThatThrownBy(() -> Server.listen(open, new ServerSide(() -> 0, name -> null, line -> {})))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("keys");
  }
}
