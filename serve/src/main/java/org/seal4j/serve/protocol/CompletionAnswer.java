package org.seal4j.serve.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of {@code /v1/completions}, whose pieces have the form of the whole. */
public final class CompletionAnswer implements AnswerForm {
  private static final String OBJECT = "text_completion";

  @Override
  public Map<String, @Nullable Object> whole(
      AnswerHead head,
      String text,
      @Nullable List<TokenProbability> tokens,
      String reason,
      Usage usage) {
    Map<String, @Nullable Object> json = one(head, text, tokens, 0, reason);
    json.put("usage", usage.json());
    return json;
  }

  @Override
  public Optional<Map<String, @Nullable Object>> first(AnswerHead head) {
    return Optional.empty();
  }

  @Override
  public Map<String, @Nullable Object> piece(
      AnswerHead head, String text, @Nullable List<TokenProbability> tokens, int offset) {
    return one(head, text, tokens, offset, null);
  }

  @Override
  public Map<String, @Nullable Object> last(AnswerHead head, String reason) {
    return one(head, "", null, 0, reason);
  }

  @Override
  public Map<String, @Nullable Object> usage(AnswerHead head, Usage usage) {
    Map<String, @Nullable Object> json = head.json(OBJECT);
    json.put("choices", List.of());
    json.put("usage", usage.json());
    return json;
  }

  private static Map<String, @Nullable Object> one(
      AnswerHead head,
      String text,
      @Nullable List<TokenProbability> tokens,
      int offset,
      @Nullable String reason) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("text", text);
    choice.put("logprobs", tokens == null ? null : TokenProbability.inCompletion(tokens, offset));
    choice.put("finish_reason", reason);
    Map<String, @Nullable Object> json = head.json(OBJECT);
    json.put("choices", List.of(choice));
    return json;
  }
}
