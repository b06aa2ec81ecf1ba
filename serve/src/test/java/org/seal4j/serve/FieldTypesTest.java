package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields whose value is of another JSON type than they have, at all addresses. */
class FieldTypesTest {
  @TempDir static Path home;
  private static SmallServer server;

  @BeforeAll
  static void start() {
    server =
        SmallServer.open(
            ServeKeys.local(0), SmallModel.at(home.resolve("model")), home.resolve("adapters"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String start(String path) {
    return switch (path) {
      case "/v1/chat/completions" -> "'model':'small','messages':[{'role':'user','content':'x'}]";
      case "/v1/completions" -> "'model':'small','prompt':'x'";
      case "/v1/embeddings" -> "'model':'small','input':'x'";
      case "/tokenize" -> "'prompt':'x'";
      case "/detokenize" -> "'tokens':[1]";
      case "/v1/unload_lora_adapter" -> "'lora_name':'law'";
      default -> "'lora_name':'law','lora_path':'law'";
    };
  }

  private static void assertRefused(String path, String body, String param) {
    HttpResponse<String> answer = server.post(path, "{" + body + "}");
    assertThat(answer.statusCode()).as("%s %s: %s", path, body, answer.body()).isEqualTo(400);
    JsonNode error = json(answer).path("error");
    assertThat(error.path("param").asText()).as(body).isEqualTo(param);
    assertThat(error.path("message").asText()).contains(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | model messages max_tokens max_completion_tokens temperature top_p"
            + " top_k min_p presence_penalty frequency_penalty repetition_penalty stop"
            + " stop_token_ids seed stream stream_options response_format logprobs top_logprobs n"
            + " echo add_special_tokens truncate_prompt_tokens",
        "/v1/completions | model prompt max_tokens temperature top_p top_k min_p presence_penalty"
            + " frequency_penalty repetition_penalty stop stop_token_ids seed stream stream_options"
            + " response_format logprobs best_of suffix add_special_tokens truncate_prompt_tokens",
        "/v1/embeddings | model input encoding_format dimensions add_special_tokens"
            + " truncate_prompt_tokens",
        "/tokenize | prompt add_special add_special_tokens model parse_special with_pieces"
            + " return_token_strs truncate_prompt_tokens",
        "/detokenize | tokens model",
        "/v1/load_lora_adapter | lora_name lora_path load_inplace pinned",
        "/v1/unload_lora_adapter | lora_name"
      })
  void are_refused_by_their_names(String path, String fields) {
    for (String field : fields.split(" ", -1)) {
      String other = field.equals("stream_options") ? "7" : "{'a':[]}";
      for (String value : List.of("[[{}]]", other)) {
        String rest = start(path).replaceFirst("'" + field + "':('[^']*'|\\[[^\\]]*\\]),?", "");
        String body = rest + (rest.isEmpty() || rest.endsWith(",") ? "" : ",");
        assertRefused(path, body + "'" + field + "':" + value, field);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add_special | 'content':'x','add_special':1",
        "add_special | 'prompt':'x','add_special':'yes'",
        "add_special_tokens | 'content':'x','add_special_tokens':0",
        "add_special_tokens | 'messages':[{'role':'user','content':'x'}],'add_special_tokens':1",
        "add_special | 'messages':[{'role':'user','content':'x'}],'add_special':true",
        "messages | 'prompt':'x','messages':7",
        "content | 'prompt':'x','content':[]",
        "messages[0].tool_calls | 'messages':[{'role':'user','content':'x','tool_calls':5}]"
      })
  void are_refused_where_tokens_are_asked_for(String param, String body) {
    assertRefused("/tokenize", body, param);
  }

  @Test
  void the_older_name_of_a_length_is_looked_at_beside_the_newer_one() {
    String both = ",'max_completion_tokens':2,'max_tokens':'two'";
    assertRefused("/v1/chat/completions", start("/v1/chat/completions") + both, "max_tokens");
  }

  @Test
  void both_names_of_a_flag_say_whether_the_token_that_starts_a_text_is_told() {
    for (String field : List.of("prompt", "content")) {
      String body = "{'" + field + "':'To be','%s':%s}";
      String with = server.post("/tokenize", body.formatted("add_special", true)).body();
      String without = server.post("/tokenize", body.formatted("add_special", false)).body();
      assertThat(server.post("/tokenize", body.formatted("add_special_tokens", true)).body())
          .isEqualTo(with);
      assertThat(server.post("/tokenize", body.formatted("add_special_tokens", false)).body())
          .isEqualTo(without);
    }
  }
}
