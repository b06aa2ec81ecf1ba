package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.serve.http.ApiException;

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
  private static final List<String> TEXTS = List.of("prompt", "content", "messages");

  /** Of llama.cpp and of vLLM, for the same thing. */
  private static final List<String> FLAGS = List.of("add_special", "add_special_tokens");

  public TokenizeBody {
    messages = List.copyOf(messages);
  }

  /** Reads one. */
  public static TokenizeBody of(JsonNode json) {
    Fields body = new Fields(json);
    Unsupported.refuse(body);
    Optional<String> model = model(json);
    String asked = onlyOne(body);
    boolean isPrompt = asked.equals("prompt");
    boolean started = body.flag(FLAGS.get(0), body.flag(FLAGS.get(1), isPrompt));
    if (!asked.equals("messages")) {
      return new TokenizeBody(model, body.needed(asked), List.of(), started);
    }
    FLAGS.forEach(flag -> Unsupported.refuse(body, flag, false));
    return new TokenizeBody(model, "", ChatBody.messages(body), false);
  }

  /** Which of the fields says what is to be read. */
  private static String onlyOne(Fields body) {
    List<String> asked = TEXTS.stream().filter(body::has).toList();
    if (asked.size() > 1) {
      throw ApiException.badField(
          asked.get(1),
          "one of prompt, content and messages is read, but %s came; leave the others out"
              .formatted(String.join(" and ", asked)));
    }
    return asked.isEmpty() ? TEXTS.get(0) : asked.get(0);
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
