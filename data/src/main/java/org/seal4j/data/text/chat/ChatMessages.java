package org.seal4j.data.text.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.json.JsonField;

/**
 * Conversations as JSON, in the form of OpenAI's interface: a list of {@code {"role": "user",
 * "content": "Hello"}}, or an object that has the list as {@code messages}.
 */
public final class ChatMessages {
  private static final String MESSAGES = "messages";

  private ChatMessages() {}

  /**
   * The conversation in a file.
   *
   * @throws org.seal4j.data.check.InputException naming file and field where it is none
   */
  public static List<ChatMessage> read(Path file) {
    JsonField whole = JsonField.read(file);
    return of(whole.node().isObject() ? whole.member(MESSAGES) : whole);
  }

  /**
   * The conversation in a list.
   *
   * @throws org.seal4j.data.check.InputException naming the field that is wrong, or that says more
   *     than role and content: a call of a tool would be lost
   */
  public static List<ChatMessage> of(JsonField list) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonField one : list.items("a list of messages, each with role and content")) {
      one.members()
          .forEach(
              (key, value) -> {
                boolean known = key.equals("role") || key.equals("content");
                if (!known && !value.node().isNull()) {
                  throw value.refuse("no other keys in a message than role and content");
                }
              });
      messages.add(new ChatMessage(one.member("role").words(), one.member("content").text()));
    }
    return List.copyOf(messages);
  }
}
