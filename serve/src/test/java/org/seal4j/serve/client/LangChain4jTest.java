package org.seal4j.serve.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.serve.EndlessAnswers;
import org.seal4j.serve.ServeKeys;
import org.seal4j.serve.SmallModel;
import org.seal4j.serve.SmallServer;
import org.seal4j.serve.access.ApiKey;
import org.seal4j.serve.access.Scope;

/** LangChain4j's client of OpenAI's protocol, with its JDK client, which offers HTTP/2. */
@Tag("slow")
class LangChain4jTest {
  private static final String KEY = "a-key-for-tests-of-the-client-0123456789";

  @TempDir static Path home;
  private static SmallServer server;
  private static String url;

  @BeforeAll
  static void start() {
    SmallModel small = SmallModel.at(home.resolve("model"));
    small.adapter(home.resolve("adapters/law"), 3);
    ApiKey key = new ApiKey("test", ApiKey.hash(KEY), Set.of(Scope.ASK), 10_000);
    server =
        SmallServer.open(
            ServeKeys.local(0).withKeys(List.of(key)), small, home.resolve("adapters"));
    url = server.at("/v1").toString();
  }

  @Test
  void an_answer_that_is_long_in_coming_is_read_behind_empty_lines() {
    ApiKey key = new ApiKey("test", ApiKey.hash(KEY), Set.of(Scope.ASK), 10_000);
    try (SmallServer slow = EndlessAnswers.open(home.resolve("slow"), 0.01, key)) {
      Response<String> answer =
          OpenAiLanguageModel.builder()
              .httpClientBuilder(offeringHttp2())
              .baseUrl(slow.at("/v1").toString())
              .apiKey(KEY)
              .modelName("small")
              .temperature(0.0)
              .maxRetries(0)
              .build()
              .generate("d ".repeat(10_000)); // long to read
      assertThat(answer.tokenUsage().inputTokenCount()).isEqualTo(20_000);
      assertThat(answer.content()).isNotEmpty();
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JdkHttpClientBuilder offeringHttp2() {
    return JdkHttpClient.builder()
        .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_2));
  }

  private static OpenAiChatModel.OpenAiChatModelBuilder chat(String name) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(offeringHttp2())
        .baseUrl(url)
        .apiKey(KEY)
        .modelName(name)
        .maxTokens(20)
        .maxRetries(0)
        .seed(7);
  }

  @Test
  void it_asks_the_model_and_an_adapter() {
    ChatResponse base =
        chat("small").build().chat(SystemMessage.from("Be brief."), UserMessage.from("To be?"));
    ChatResponse law =
        chat("law").build().chat(SystemMessage.from("Be brief."), UserMessage.from("To be?"));
    assertThat(law.aiMessage().text()).isNotEmpty().isNotEqualTo(base.aiMessage().text());
    assertThat(law.metadata().modelName()).startsWith("law@");
    assertThat(law.metadata().tokenUsage().inputTokenCount()).isGreaterThan(10);
    assertThat(law.metadata().tokenUsage().outputTokenCount()).isBetween(1, 20);
    assertThat(law.metadata().finishReason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
  }

  @Test
  void it_streams_what_it_is_answered_whole() throws Exception {
    OpenAiStreamingChatModel streaming =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(offeringHttp2())
            .baseUrl(url)
            .apiKey(KEY)
            .modelName("law")
            .maxTokens(20)
            .seed(7)
            .build();
    StringBuilder pieces = new StringBuilder();
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    streaming.chat(
        "To be?",
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String piece) {
            pieces.append(piece);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            done.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            done.completeExceptionally(error);
          }
        });
    ChatResponse response = done.get(60, TimeUnit.SECONDS);
    String whole = chat("law").build().chat("To be?");
    assertThat(pieces.toString()).isEqualTo(whole);
    assertThat(response.aiMessage().text()).isEqualTo(whole);
    assertThat(response.metadata().tokenUsage().outputTokenCount()).isBetween(1, 20);
    assertThat(response.metadata().finishReason()).isNotNull();
  }

  @Test
  void it_asks_for_JSON() throws Exception {
    String text =
        chat("law")
            .responseFormat(ResponseFormat.JSON)
            .maxTokens(100)
            .build()
            .chat("To be? Answer in JSON.");
    assertThat(text).startsWith("{");
  }

  @Test
  void it_embeds_texts() {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .httpClientBuilder(offeringHttp2())
            .baseUrl(url)
            .apiKey(KEY)
            .modelName("small")
            .build();
    assertThat(model.embed("To be").content().vector()).hasSize(16);
  }

  @Test
  void it_understands_refusals() {
    assertThatThrownBy(() -> chat("nobody").build().chat("x"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> chat("small").temperature(-1.0).build().chat("x"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("temperature");
    assertThatThrownBy(() -> chat("small").apiKey("wrong").build().chat("x"))
        .isInstanceOf(AuthenticationException.class);
  }
}
