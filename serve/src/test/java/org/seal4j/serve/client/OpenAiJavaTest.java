package org.seal4j.serve.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

/** The official client for Java, which checks what it reads. */
@Tag("slow")
class OpenAiJavaTest {
  private static final String KEY = "a-key-for-tests-of-the-client-0123456789";

  @TempDir static Path home;
  private static SmallServer server;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    SmallModel small = SmallModel.at(home.resolve("model"));
    small.adapter(home.resolve("adapters/law"), 3);
    ApiKey key = new ApiKey("test", ApiKey.hash(KEY), Set.of(Scope.ASK), 10_000);
    server =
        SmallServer.open(
            ServeKeys.local(0).withKeys(List.of(key)), small, home.resolve("adapters"));
    client = client(server, KEY);
  }

  private static OpenAIClient client(SmallServer at, String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(at.at("/v1").toString())
        .apiKey(key)
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }

  @Test
  void an_answer_that_is_long_in_coming_is_read_behind_empty_lines() {
    ApiKey key = new ApiKey("test", ApiKey.hash(KEY), Set.of(Scope.ASK), 10_000);
    try (SmallServer slow = EndlessAnswers.open(home.resolve("slow"), 0.01, key)) {
      OpenAIClient waiting = client(slow, KEY);
      try {
        Completion answer =
            waiting
                .completions()
                .create(
                    CompletionCreateParams.builder()
                        .model("small")
                        .prompt("d")
                        .temperature(0)
                        .maxTokens(4000)
                        .build());
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(4000);
      } finally {
        waiting.close();
      }
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @SuppressWarnings(
      "deprecation") // OpenAI promises no repetition by a seed any more; this server does
  private static ChatCompletionCreateParams.Builder chat(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addUserMessage("To be?")
        .maxCompletionTokens(20)
        .seed(7);
  }

  @Test
  void it_asks_and_finds_all_that_it_looks_for() {
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(chat("law").logprobs(true).topLogprobs(2).build())
            .validate();
    assertThat(answer.model()).startsWith("law@");
    assertThat(answer.choices().get(0).message().content())
        .isPresent()
        .get()
        .asString()
        .isNotEmpty();
    assertThat(answer.choices().get(0).logprobs()).isPresent();
    assertThat(answer.usage()).isPresent();
    assertThat(answer.usage().get().completionTokens()).isBetween(1L, 20L);
  }

  @Test
  void it_streams_what_it_is_answered_whole() {
    String whole =
        client
            .chat()
            .completions()
            .create(chat("law").build())
            .choices()
            .get(0)
            .message()
            .content()
            .orElseThrow();
    StringBuilder pieces = new StringBuilder();
    long[] usage = {0};
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(
                chat("law")
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build())) {
      stream.stream()
          .forEach(
              chunk -> {
                chunk.validate();
                chunk
                    .choices()
                    .forEach(choice -> choice.delta().content().ifPresent(pieces::append));
                chunk.usage().ifPresent(found -> usage[0] = found.totalTokens());
              });
    }
    assertThat(pieces.toString()).isEqualTo(whole);
    assertThat(usage[0]).isPositive();
  }

  @Test
  void it_continues_texts_embeds_them_and_lists_models() {
    Completion completion =
        client
            .completions()
            .create(
                CompletionCreateParams.builder()
                    .model("small")
                    .prompt("To be")
                    .maxTokens(8)
                    .logprobs(2)
                    .build())
            .validate();
    assertThat(completion.choices()).hasSize(1);
    CreateEmbeddingResponse vectors =
        client
            .embeddings()
            .create(EmbeddingCreateParams.builder().model("small").input("To be").build())
            .validate();
    assertThat(vectors.data().get(0).embedding()).hasSize(16);
    assertThat(client.models().list().data()).extracting(Model::id).containsExactly("small", "law");
    assertThat(client.models().retrieve("law").validate().id()).isEqualTo("law");
  }

  @Test
  void it_understands_refusals() {
    assertThatThrownBy(() -> client.chat().completions().create(chat("nobody").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> client.chat().completions().create(chat("small").n(2).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.param()).contains("n"));
    OpenAIClient wrong = client(server, "wrong");
    assertThatThrownBy(() -> wrong.chat().completions().create(chat("small").build()))
        .isInstanceOf(UnauthorizedException.class);
    wrong.close();
  }

  @Test
  void fields_of_other_servers_are_sent_beside_its_own() {
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(chat("small").putAdditionalBodyProperty("top_k", JsonValue.from(1)).build());
    ChatCompletion greedy =
        client.chat().completions().create(chat("small").temperature(0.0).build());
    assertThat(answer.choices().get(0).message().content())
        .isEqualTo(greedy.choices().get(0).message().content());
  }
}
