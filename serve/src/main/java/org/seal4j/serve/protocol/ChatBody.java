package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.serve.http.ApiException;

/**
 * A body of {@code /v1/chat/completions}.
 *
 * @param messages what was said, the last one by the user
 * @param settings how it is answered
 */
public record ChatBody(List<ChatMessage> messages, AnswerSettings settings) {
  private static final String MESSAGES = "messages";
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");
  private static final int MOST_LOGPROBS = 20;

  public ChatBody {
    messages = List.copyOf(messages);
  }

  /** Reads one. */
  public static ChatBody of(JsonNode json) {
    Fields body = new Fields(json);
    Unsupported.refuse(body);
    Unsupported.refuse(body, "add_special_tokens", false);
    OptionalInt newer = body.count("max_completion_tokens", 1, Integer.MAX_VALUE);
    OptionalInt older = body.count("max_tokens", 1, Integer.MAX_VALUE);
    OptionalInt maxTokens = newer.isPresent() ? newer : older;
    return new ChatBody(messages(body), AnswerSettings.of(body, maxTokens, logProbs(body)));
  }

  private static int logProbs(Fields body) {
    OptionalInt beside = body.count("top_logprobs", 0, MOST_LOGPROBS);
    boolean told = body.flag("logprobs", false);
    if (beside.orElse(0) > 0 && !told) {
      throw ApiException.badField("top_logprobs", "top_logprobs needs logprobs: true beside it");
    }
    return told ? beside.orElse(0) : -1;
  }

  /** Messages as {@code /tokenize} and chats have them. */
  static List<ChatMessage> messages(Fields body) {
    if (!body.has(MESSAGES)) {
      throw body.missing(MESSAGES);
    }
    JsonNode list = body.node(MESSAGES);
    body.require(MESSAGES, list.isArray() && !list.isEmpty(), "a list of messages");
    List<ChatMessage> messages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      body.require(MESSAGES, list.get(i).isObject(), "a list of objects with role and content");
      messages.add(message(new Fields(list.get(i), "messages[%d].".formatted(i))));
    }
    if (messages.get(messages.size() - 1).role().equals("assistant")) {
      throw ApiException.badField(
          MESSAGES, "the last message is the assistant's own; say something for it to answer");
    }
    return messages;
  }

  private static ChatMessage message(Fields message) {
    String role = message.needed("role");
    if (role.equals("developer")) { // what newer clients call the system
      role = "system";
    }
    message.require("role", ROLES.contains(role), "system, user or assistant");
    if (message.has("tool_calls")) {
      JsonNode calls = message.node("tool_calls");
      message.require(
          "tool_calls",
          calls.isArray() && calls.isEmpty(),
          "left out, since tools are not supported,");
    }
    return new ChatMessage(role, content(message));
  }

  /** A text, or a list of parts that are texts. */
  private static String content(Fields message) {
    if (!message.has("content")) {
      throw message.missing("content");
    }
    JsonNode content = message.node("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    message.require("content", content.isArray(), "a text or a list of parts");
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      message.require(
          "content",
          part.path("type").asText().equals("text") && part.path("text").isTextual(),
          "a text or a list of parts of the type text, since this model reads nothing else,");
      text.append(part.path("text").textValue());
    }
    return text.toString();
  }
}
