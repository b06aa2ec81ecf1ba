package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.events;
import static org.seal4j.serve.SmallServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.Json;

/** {@code response_format: json_object}. */
@Tag("slow")
class JsonAnswersTest {
  @TempDir Path home;

  @Test
  void an_answer_is_one_JSON_object_where_that_is_asked_for() {
    SmallModel small = SmallModel.at(home.resolve("model"));
    small.adapter(home.resolve("adapters/law"), 3);
    try (SmallServer server =
        SmallServer.open(ServeKeys.local(0), small, home.resolve("adapters"))) {
      answers(server);
    }
  }

  private static void answers(SmallServer server) {
    int closed = 0;
    for (int seed = 0; seed < 12; seed++) {
      String body =
          "{'model':'law','messages':[{'role':'user','content':'To be?'}],'max_tokens':200,"
              + "'seed':%d,'response_format':{'type':'json_object'}%s}";
      JsonNode choice =
          json(ok(server, "/v1/chat/completions", body.formatted(seed, ""))).at("/choices/0");
      String text = choice.at("/message/content").asText();
      assertThat(text).startsWith("{");
      if (choice.path("finish_reason").asText().equals("stop")) {
        closed++;
        assertThat(Json.parse(text, JsonNode.class, "answer").isObject()).as(text).isTrue();
      }
      String told =
          events(ok(server, "/v1/chat/completions", body.formatted(seed, ",'stream':true")))
              .stream()
              .filter(event -> !event.equals("[DONE]"))
              .map(event -> Json.parse(event, JsonNode.class, "event"))
              .map(event -> event.at("/choices/0/delta/content").asText())
              .collect(Collectors.joining());
      assertThat(told).as("the same piece by piece").isEqualTo(text);
    }
    assertThat(closed).as("objects that were closed").isPositive();
  }

  private static HttpResponse<String> ok(SmallServer server, String path, String body) {
    HttpResponse<String> answer = server.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
