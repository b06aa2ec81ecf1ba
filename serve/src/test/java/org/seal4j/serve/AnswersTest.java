package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.events;
import static org.seal4j.serve.SmallServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.json.Json;
import org.seal4j.lora.text.ChatSession;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Penalties;
import org.seal4j.model.generate.Sampling;

/** What is answered, held against what {@code seal generate} writes. */
class AnswersTest {
  @TempDir static Path home;
  private static SmallServer server;
  private static TextModel model;

  @BeforeAll
  static void start() {
    SmallModel small = SmallModel.at(home.resolve("model"));
    small.adapter(home.resolve("adapters/law"), 3);
    small.adapter(home.resolve("adapters/tax"), 5);
    server = SmallServer.open(ServeKeys.local(0), small, home.resolve("adapters"));
    model = TextModel.open(small.folder(), null, null);
  }

  @AfterAll
  static void stop() {
    model.close();
    server.close();
  }

  private static HttpResponse<String> ok(String path, String body) {
    HttpResponse<String> answer = server.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Completion chat(
      TextModel with, String text, Sampling sampling, int most, long seed) {
    try (ChatSession session = ChatSession.open(with, List.of())) {
      return session.ask(
          text, new Completion.Request(sampling, most, List.of(), seed), piece -> {});
    }
  }

  @Test
  void a_chat_is_answered_as_the_command_answers_it() {
    JsonNode json =
        json(
            ok(
                "/v1/chat/completions",
                "{'model':'small','messages':[{'role':'user','content':'To be?'}],'seed':7,"
                    + "'max_tokens':30}"));
    Completion own = chat(model, "To be?", Sampling.at(1), 30, 7);
    JsonNode choice = json.path("choices").path(0);
    assertThat(choice.path("message").path("content").asText()).isEqualTo(own.text()).isNotEmpty();
    assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
    assertThat(choice.path("finish_reason").asText())
        .isEqualTo(own.reason().equals("length") ? "length" : "stop");
    assertThat(json.path("usage").path("prompt_tokens").asInt()).isEqualTo(own.promptTokens());
    assertThat(json.path("usage").path("completion_tokens").asInt()).isEqualTo(own.tokens().length);
    assertThat(json.path("object").asText()).isEqualTo("chat.completion");
    assertThat(json.path("created").asLong()).isEqualTo(SmallServer.NOW);
    assertThat(json.path("model").asText()).isEqualTo("small");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sampling_and_penalties_are_those_of_the_command(long seed) {
    JsonNode json =
        json(
            ok(
                "/v1/completions",
                ("{'model':'small','prompt':'To be','seed':%d,'max_tokens':25,'temperature':0.9,"
                        + "'top_p':0.9,'top_k':50,'min_p':0.01,'presence_penalty':0.5,"
                        + "'frequency_penalty':0.25,'repetition_penalty':1.1}")
                    .formatted(seed)));
    Sampling sampling =
        Sampling.at(0.9)
            .withTopP(0.9)
            .withTopK(50)
            .withMinP(0.01)
            .withPenalties(new Penalties(1.1, 0.5, 0.25));
    Completion own =
        Completion.of(
            model, "To be", new Completion.Request(sampling, 25, List.of(), seed), piece -> {});
    assertThat(json.path("choices").path(0).path("text").asText()).isEqualTo(own.text());
  }

  @Test
  void a_temperature_of_0_takes_the_most_likely_token() {
    String body =
        "{'model':'small','prompt':'To be','max_tokens':12,'temperature':0,'top_p':0.5,'seed':%d}";
    Completion own =
        Completion.of(
            model,
            "To be",
            new Completion.Request(Sampling.mostLikely(), 12, List.of(), 1),
            piece -> {});
    for (int seed = 0; seed < 2; seed++) {
      assertThat(
              json(ok("/v1/completions", body.formatted(seed)))
                  .path("choices")
                  .path(0)
                  .path("text")
                  .asText())
          .isEqualTo(own.text());
    }
  }

  @ParameterizedTest
  @CsvSource({"law", "tax", "small:law"})
  void an_adapter_answers_as_it_does_alone_and_the_answer_names_it(String named) {
    String name = named.replace("small:", "");
    JsonNode json =
        json(
            ok(
                "/v1/chat/completions",
                ("{'model':'%s','messages':[{'role':'user','content':'To be?'}],'seed':7,"
                        + "'max_tokens':30}")
                    .formatted(named)));
    try (TextModel adapted = model.withAdapter(home.resolve("adapters").resolve(name))) {
      assertThat(json.path("choices").path(0).path("message").path("content").asText())
          .isEqualTo(chat(adapted, "To be?", Sampling.at(1), 30, 7).text())
          .isNotEqualTo(chat(model, "To be?", Sampling.at(1), 30, 7).text());
    }
    assertThat(json.path("model").asText()).matches(name + "@[0-9a-f]{12}");
  }

  @Test
  void adapters_are_in_effect_together_by_their_weights() {
    String body = "{'model':'%s','prompt':'To be','seed':7,'max_tokens':20}";
    String both = text(body.formatted("law*0.5+tax*0.5"));
    assertThat(both)
        .isNotEqualTo(text(body.formatted("law")))
        .isNotEqualTo(text(body.formatted("tax")))
        .isNotEqualTo(text(body.formatted("small")));
    assertThat(text(body.formatted("law*1+tax*0"))).isEqualTo(text(body.formatted("law")));
    assertThat(text(body.formatted("law*0"))).isEqualTo(text(body.formatted("small")));
  }

  private static String text(String body) {
    return json(ok("/v1/completions", body)).path("choices").path(0).path("text").asText();
  }

  @Test
  void a_stream_says_what_the_whole_answer_says_in_the_form_that_clients_read() {
    String body =
        "{'model':'law','messages':[{'role':'user','content':'Not?'}],'seed':%d,'max_tokens':40%s}";
    for (int seed = 1; seed < 6; seed++) {
      HttpResponse<String> whole = ok("/v1/chat/completions", body.formatted(seed, ""));
      HttpResponse<String> stream =
          ok(
              "/v1/chat/completions",
              body.formatted(seed, ",'stream':true,'stream_options':{'include_usage':true}"));
      assertThat(stream.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      List<String> events = events(stream);
      assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
      List<JsonNode> chunks = new ArrayList<>();
      events
          .subList(0, events.size() - 1)
          .forEach(event -> chunks.add(Json.parse(event, JsonNode.class, "event")));
      StringBuilder text = new StringBuilder();
      chunks.forEach(
          chunk ->
              text.append(chunk.path("choices").path(0).path("delta").path("content").asText("")));
      JsonNode choice = json(whole).path("choices").path(0);
      assertThat(text.toString()).isEqualTo(choice.path("message").path("content").asText());
      assertThat(chunks)
          .allSatisfy(
              chunk ->
                  assertThat(chunk.at("/choices/0/delta/content").asText())
                      .doesNotMatch("(?s)^[\\uDC00-\\uDFFF].*|.*[\\uD800-\\uDBFF]$"));
      assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
      JsonNode usage = chunks.get(chunks.size() - 1);
      assertThat(usage.path("choices")).isEmpty();
      assertThat(usage.path("usage")).isEqualTo(json(whole).path("usage"));
      assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason"))
          .isEqualTo(choice.path("finish_reason"));
      assertThat(chunks.subList(0, chunks.size() - 2))
          .allSatisfy(chunk -> assertThat(chunk.at("/choices/0/finish_reason").isNull()).isTrue());
    }
  }

  @Test
  void an_answer_ends_before_a_stop_text() {
    String all = text("{'model':'small','prompt':'To be','seed':3,'max_tokens':40}");
    String stop = all.substring(10, 12);
    HttpResponse<String> answer =
        ok(
            "/v1/completions",
            Json.line(
                java.util.Map.of(
                    "model",
                    "small",
                    "prompt",
                    "To be",
                    "seed",
                    3,
                    "max_tokens",
                    40,
                    "stop",
                    List.of(stop))));
    JsonNode choice = json(answer).path("choices").path(0);
    assertThat(choice.path("text").asText()).isEqualTo(all.substring(0, all.indexOf(stop)));
    assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void log_probabilities_are_those_of_the_model() {
    String body =
        "{'model':'small','messages':[{'role':'user','content':'To be?'}],'seed':7,"
            + "'max_tokens':30,'logprobs':true,'top_logprobs':3}";
    JsonNode content = json(ok("/v1/chat/completions", body)).at("/choices/0/logprobs/content");
    Completion own = chat(model, "To be?", Sampling.at(1), 30, 7);
    int ended = own.reason().equals("length") ? 0 : 1;
    assertThat(content).hasSize(own.tokens().length - ended);
    double sum = 0;
    for (JsonNode token : content) {
      sum += token.path("logprob").asDouble();
      assertThat(token.path("top_logprobs")).hasSize(3);
      assertThat(token.at("/top_logprobs/0/logprob").asDouble())
          .isGreaterThanOrEqualTo(token.at("/top_logprobs/2/logprob").asDouble());
    }
    if (ended == 0) {
      assertThat(sum / own.tokens().length)
          .isCloseTo(own.meanLogProb(), org.assertj.core.data.Offset.offset(1e-9));
    }
    String stream = body.replace("}]", "}],'stream':true");
    List<JsonNode> pieces =
        events(ok("/v1/chat/completions", stream)).stream()
            .filter(event -> !event.equals("[DONE]"))
            .map(event -> Json.parse(event, JsonNode.class, "event").at("/choices/0"))
            .toList();
    assertThat(pieces.stream().mapToInt(piece -> piece.at("/logprobs/content").size()).sum())
        .isEqualTo(content.size());
    // Each piece of the text comes with the token that completes it.
    assertThat(pieces)
        .filteredOn(piece -> !piece.at("/delta/content").asText().isEmpty())
        .isNotEmpty()
        .allSatisfy(piece -> assertThat(piece.at("/logprobs/content")).isNotEmpty());
  }

  @Test
  void a_request_without_a_seed_can_be_repeated_by_the_one_that_the_answer_tells() {
    String body = "{'model':'small','prompt':'To be','max_tokens':20%s}";
    HttpResponse<String> first = ok("/v1/completions", body.formatted(""));
    HttpResponse<String> second = ok("/v1/completions", body.formatted(""));
    String seed = first.headers().firstValue("X-Seal-Seed").orElseThrow();
    assertThat(second.headers().firstValue("X-Seal-Seed")).isPresent().get().isNotEqualTo(seed);
    assertThat(text(body.formatted(",'seed':" + seed)))
        .isEqualTo(json(first).at("/choices/0/text").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools | 'tools':[{'type':'function'}]",
        "n | 'n':2",
        "logit_bias | 'logit_bias':{'5':1}",
        "repeat_penalty | 'repeat_penalty':1.1",
        "n_predict | 'n_predict':5",
        "no_repeat_ngram_size | 'no_repeat_ngram_size':2",
        "skip_special_tokens | 'skip_special_tokens':false",
        "chat_template_kwargs | 'chat_template_kwargs':{'thinking':true}",
        "json_schema | 'json_schema':{'type':'object'}",
        "samplers | 'samplers':['top_k']",
        "stream_options | 'stream_options':5",
        "response_format | 'response_format':{'type':'json_schema','json_schema':{}}",
        "temperature | 'temperature':'hot'",
        "temperature | 'temperature':-1",
        "top_p | 'top_p':0",
        "stop | 'stop':['']",
        "max_tokens | 'max_tokens':0",
        "seed | 'seed':1.5",
        "top_logprobs | 'top_logprobs':2",
        "repetition_penalty | 'repetition_penalty':0",
        "stop_token_ids | 'stop_token_ids':[99999]",
        "messages[0].role | 'messages':[{'role':'king','content':'x'}]",
        "messages[0].content | 'messages':[{'role':'user','content':[{'type':'image_url'}]}]",
        "messages | 'messages':[]",
        "messages | 'messages':[{'role':'user','content':'x'},{'role':'assistant','content':'y'}]"
      })
  void a_field_that_would_change_the_answer_is_refused_by_its_name(String param, String field) {
    String start =
        field.contains("messages")
            ? "{'model':'small',"
            : "{'model':'small','messages':" + "[{'role':'user','content':'x'}],";
    HttpResponse<String> answer = server.post("/v1/chat/completions", start + field + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asText()).isEqualTo(param);
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(json(answer).at("/error/message").asText()).isNotEmpty().doesNotContain("%");
  }

  @Test
  void harmless_fields_are_passed_over() {
    ok(
        "/v1/chat/completions",
        "{'model':'small','messages':[{'role':'developer','content':[{'type':'text','text':'a'}]},"
            + "{'role':'user','content':'x'}],'max_completion_tokens':3,'user':'u','store':false,"
            + "'metadata':{'a':'b'},'service_tier':'auto','reasoning_effort':'low','tools':[],"
            + "'n':1,'repeat_penalty':1.0,'min_keep':0,'tool_choice':'none','parallel_tool_calls':true,'logit_bias':{},"
            + "'response_format':{'type':'text'},'whatever':[1],'stop':null}");
  }

  @Test
  void a_prompt_that_is_too_long_is_refused_by_a_code() {
    String words = "x".repeat(2000);
    HttpResponse<String> answer =
        server.post("/v1/completions", "{'model':'small','prompt':'" + words + "'}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("context_length_exceeded");
  }

  @Test
  void an_unknown_model_is_not_found() {
    for (String name : List.of("nobody", "law@00000000", "small:nobody")) {
      HttpResponse<String> answer =
          server.post("/v1/completions", "{'model':'" + name + "','prompt':'x'}");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(json(answer).at("/error/param").asText()).isEqualTo("model");
    }
    HttpResponse<String> odd = server.post("/v1/completions", "{'model':'../law','prompt':'x'}");
    assertThat(odd.statusCode()).isEqualTo(400);
  }

  @Test
  void models_tokens_and_vectors_are_told() {
    JsonNode models = json(server.get("/v1/models"));
    assertThat(models.path("data").findValuesAsText("id")).containsExactly("small", "law", "tax");
    assertThat(models.at("/data/1/parent").asText()).isEqualTo("small");
    assertThat(json(server.get("/v1/models/law"))).isEqualTo(models.at("/data/1"));
    assertThat(server.get("/v1/models/none").statusCode()).isEqualTo(404);
    JsonNode tokens = json(ok("/tokenize", "{'model':'small','prompt':'To be, or not'}"));
    assertThat(tokens.path("count").asInt()).isEqualTo(model.encode("To be, or not").length);
    assertThat(
            json(ok("/detokenize", "{'tokens':" + tokens.path("tokens") + "}"))
                .path("prompt")
                .asText())
        .isEqualTo("To be, or not");
    JsonNode vectors =
        json(ok("/v1/embeddings", "{'model':'small','input':['To be','x','To be']}"));
    assertThat(vectors.at("/data/0/embedding")).hasSize(16);
    assertThat(vectors.at("/data/0/embedding")).isEqualTo(vectors.at("/data/2/embedding"));
    assertThat(vectors.at("/data/0/embedding")).isNotEqualTo(vectors.at("/data/1/embedding"));
  }

  @Test
  void nothing_of_a_prompt_stands_in_the_log() {
    ok("/v1/completions", "{'model':'small','prompt':'SECRETWORD','max_tokens':3}");
    server.post("/v1/completions", "{'model':'SECRETWORD','prompt':'x'}");
    server.get("/SECRETWORD");
    assertThat(server.log()).isNotEmpty().noneMatch(line -> line.contains("SECRETWORD"));
    assertThat(server.log().get(0)).matches("[0-9a-f]+-[0-9a-f]{6} - \\w+ /\\S* \\d+ [\\d.]+ ms");
  }

  @Test
  @Tag("slow")
  void answers_at_once_are_those_that_are_given_alone() throws Exception {
    String body = "{'model':'%s','prompt':'To be','seed':%d,'max_tokens':20}";
    List<String> names = List.of("small", "law", "tax");
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      alone.add(text(body.formatted(names.get(i % 3), i)));
    }
    var threads = java.util.concurrent.Executors.newFixedThreadPool(8);
    try {
      List<java.util.concurrent.Future<String>> together = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String asked = body.formatted(names.get(i % 3), i);
        together.add(threads.submit(() -> text(asked)));
      }
      for (int i = 0; i < 24; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
