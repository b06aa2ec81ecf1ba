package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.text.chat.ChatMessage;

/**
 * A body of {@code /tokenize}, as vLLM ({@code prompt} or {@code messages}) and llama.cpp ({@code
 * content}) have it.
 *
 * @param model whose chat template is used; empty for the model itself
 * @param text what is to be read; empty where messages are
 * @param messages of a chat; empty where a text is
 * @param started whether the token that starts a text belongs to it
 */
public record TokenizeBody(
    Optional<String> model, String text, List<ChatMessage> messages, boolean started) {
  public TokenizeBody {
    messages = List.copyOf(messages);
  }

  /** Reads one. */
  public static TokenizeBody of(JsonNode json) {
    Fields body = new Fields(json);
    Unsupported.refuse(body);
    Optional<String> model = model(json);
    if (body.has("messages")) {
      return new TokenizeBody(model, "", ChatBody.messages(body), false);
    }
    if (body.has("content")) {
      return new TokenizeBody(
          model, body.needed("content"), List.of(), body.flag("add_special", false));
    }
    return new TokenizeBody(
        model, body.needed("prompt"), List.of(), body.flag("add_special_tokens", true));
  }

  /** The model that a body names, of {@code /detokenize} too. */
  public static Optional<String> model(JsonNode json) {
    return new Fields(json).text("model");
  }

  /** The ids of a body of {@code /detokenize}. */
  public static int[] ids(JsonNode json, int vocabulary) {
    Fields body = new Fields(json);
    if (!body.has("tokens")) {
      throw body.missing("tokens");
    }
    body.require("tokens", body.node("tokens").isArray(), "a list of ids");
    return body.ids("tokens", body.node("tokens"), vocabulary);
  }
}
