package org.seal4j.serve.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /v1/chat/completions}. */
public final class ChatAnswer implements AnswerForm {
  private static final String CHUNK = "chat.completion.chunk";

  @Override
  public Map<String, @Nullable Object> whole(
      AnswerHead head,
      String text,
      @Nullable List<TokenProbability> tokens,
      String reason,
      Usage usage) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", text);
    message.put("refusal", null);
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("message", message);
    choice.put("logprobs", probabilities(tokens));
    choice.put("finish_reason", reason);
    Map<String, @Nullable Object> json = head.json("chat.completion");
    json.put("choices", List.of(choice));
    json.put("usage", usage.json());
    return json;
  }

  @Override
  public Optional<Map<String, @Nullable Object>> first(AnswerHead head) {
    Map<String, @Nullable Object> delta = new LinkedHashMap<>();
    delta.put("role", "assistant");
    delta.put("content", "");
    return Optional.of(chunk(head, delta, null, null));
  }

  @Override
  public Map<String, @Nullable Object> piece(
      AnswerHead head, String text, @Nullable List<TokenProbability> tokens, int offset) {
    Map<String, @Nullable Object> delta = new LinkedHashMap<>();
    delta.put("content", text);
    return chunk(head, delta, tokens, null);
  }

  @Override
  public Map<String, @Nullable Object> last(AnswerHead head, String reason) {
    return chunk(head, new LinkedHashMap<>(), null, reason);
  }

  @Override
  public Map<String, @Nullable Object> usage(AnswerHead head, Usage usage) {
    Map<String, @Nullable Object> json = head.json(CHUNK);
    json.put("choices", List.of());
    json.put("usage", usage.json());
    return json;
  }

  private static Map<String, @Nullable Object> chunk(
      AnswerHead head,
      Map<String, @Nullable Object> delta,
      @Nullable List<TokenProbability> tokens,
      @Nullable String reason) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("logprobs", probabilities(tokens));
    choice.put("finish_reason", reason);
    Map<String, @Nullable Object> json = head.json(CHUNK);
    json.put("choices", List.of(choice));
    return json;
  }

  private static @Nullable Object probabilities(@Nullable List<TokenProbability> tokens) {
    if (tokens == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("content", tokens.stream().map(TokenProbability::inChat).toList());
    json.put("refusal", null);
    return json;
  }
}
