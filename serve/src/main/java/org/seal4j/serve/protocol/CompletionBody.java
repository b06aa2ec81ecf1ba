package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import org.seal4j.serve.http.ApiException;

/**
 * A body of {@code /v1/completions}.
 *
 * @param prompt what is to be continued
 * @param settings how
 */
public record CompletionBody(PromptText prompt, AnswerSettings settings) {
  /** Of OpenAI's services where none is given. */
  private static final int MAX_TOKENS = 16;

  private static final int MOST_LOGPROBS = 20;

  /**
   * Reads one.
   *
   * @param vocabulary size of the model's
   */
  public static CompletionBody of(JsonNode json, int vocabulary) {
    Fields body = new Fields(json);
    Unsupported.refuse(body);
    Unsupported.refuse(body, "add_special_tokens", true);
    OptionalInt maxTokens = body.count("max_tokens", 1, Integer.MAX_VALUE);
    int told = body.count("logprobs", 0, MOST_LOGPROBS).orElse(-1);
    var prompts = PromptText.several(body, "prompt", vocabulary);
    if (prompts.size() != 1) {
      throw ApiException.badField(
          "prompt", "one prompt is continued at a time but %d came".formatted(prompts.size()));
    }
    return new CompletionBody(
        prompts.get(0),
        AnswerSettings.of(body, OptionalInt.of(maxTokens.orElse(MAX_TOKENS)), told));
  }
}
