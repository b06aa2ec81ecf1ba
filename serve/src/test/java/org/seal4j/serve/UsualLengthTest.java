package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.Json;

/** How long an answer becomes where a request does not say. */
@Tag("slow")
class UsualLengthTest {
  private static final int USUAL = 20;

  @TempDir Path home;

  private static JsonNode answered(SmallServer server, int seed, String more) {
    String body = "{'model':'small','messages':[{'role':'user','content':'To be?'}],'seed':%d%s}";
    HttpResponse<String> answer = server.post("/v1/chat/completions", body.formatted(seed, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body(), JsonNode.class, "answer");
  }

  @Test
  void a_chat_that_names_no_number_of_tokens_ends_after_the_usual_one() {
    ServeKeys local = ServeKeys.local(0);
    ServeKeys keys =
        new ServeKeys(
            local.listen(),
            new AnswerKeys(1024, USUAL, 16, 0, 8192, 1 << 20, 64, 1),
            local.http(),
            local.adapters(),
            null,
            List.of());
    SmallModel small = SmallModel.at(home.resolve("model"));
    int longest = 0;
    try (SmallServer server = SmallServer.open(keys, small, home.resolve("adapters"))) {
      for (int seed = 1; seed <= 5; seed++) {
        JsonNode usual = answered(server, seed, "");
        JsonNode same = answered(server, seed, ",'max_tokens':" + USUAL);
        assertThat(usual.at("/choices/0")).isEqualTo(same.at("/choices/0"));
        longest = Math.max(longest, usual.at("/usage/completion_tokens").asInt());
      }
    }
    assertThat(longest).as("some answer does not come to its end before").isEqualTo(USUAL);
  }
}
