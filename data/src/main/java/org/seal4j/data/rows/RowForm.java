package org.seal4j.data.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.text.chat.ChatMessage;

/** Tells which form a row has, and reads it. */
final class RowForm {
  private static final String MESSAGES = "messages";
  private static final String PROMPT = "prompt";
  private static final String COMPLETION = "completion";
  private static final String TEXT = "text";

  /** Roles that templates know; another one is passed on, unless it looks like one of these. */
  private static final List<String> ROLES =
      List.of("system", "user", TrainingRow.ASSISTANT, "tool", "developer");

  private RowForm() {}

  static TrainingRow row(JsonField row, int line) {
    if (!row.node().isObject()) {
      throw row.refuse("an object such as {\"prompt\": \"...\", \"completion\": \"...\"}");
    }
    List<String> forms = new ArrayList<>(List.of(MESSAGES, COMPLETION, TEXT));
    forms.removeIf(key -> !row.has(key));
    Checks.require(
        forms.size() <= 1,
        "%s: line %d has the keys %s; a row has one form: 'messages', or 'prompt' and 'completion',"
            + " or 'text'",
        row.file(),
        line,
        forms);
    if (forms.isEmpty()) {
      throw unknown(row, line);
    }
    return switch (forms.get(0)) {
      case MESSAGES -> talk(row, line, messages(row.member(MESSAGES)), 0);
      case COMPLETION -> pair(row, line);
      default -> new TrainingRow.Plain(line, said(row.member(TEXT)));
    };
  }

  private static RuntimeException unknown(JsonField row, int line) {
    Set<String> keys = new TreeSet<>(row.members().keySet());
    Checks.require(
        !keys.contains(PROMPT), "%s: line %d lacks the key 'completion'", row.file(), line);
    return Checks.refuse(
        "%s: line %d has the keys %s; expected 'messages', or 'prompt' and 'completion', or 'text':"
            + " rename them",
        row.file(), line, Shown.names(keys));
  }

  private static TrainingRow pair(JsonField row, int line) {
    JsonField prompt = row.member(PROMPT);
    JsonField completion = row.member(COMPLETION);
    if (!completion.node().isArray()) {
      return new TrainingRow.Pair(line, prompt.text(), said(completion));
    }
    List<ChatMessage> messages = new ArrayList<>(messages(prompt));
    int first = messages.size();
    messages.addAll(messages(completion));
    return talk(row, line, messages, first);
  }

  private static TrainingRow talk(JsonField row, int line, List<ChatMessage> messages, int first) {
    TrainingRow.Talk talk = new TrainingRow.Talk(line, messages, first);
    boolean taught = false;
    for (int i = 0; i < messages.size(); i++) {
      taught |= talk.isTaught(i);
    }
    Checks.require(
        taught,
        "%s: line %d has no message of the role 'assistant' that could be trained on",
        row.file(),
        line);
    return talk;
  }

  private static List<ChatMessage> messages(JsonField list) {
    return list.items("a list of messages, each with role and content").stream()
        .map(RowForm::message)
        .toList();
  }

  private static ChatMessage message(JsonField message) {
    message
        .members()
        .forEach(
            (key, value) -> {
              if (!List.of("role", "content").contains(key) && !value.node().isNull()) {
                throw value.refuse("no other keys in a message than role and content");
              }
            });
    String role = message.member("role").words();
    Optional<String> meant = ROLES.contains(role) ? Optional.empty() : Nearest.to(role, ROLES);
    if (meant.isPresent()) {
      throw message.member("role").refuse("the role '" + meant.get() + "', which it resembles");
    }
    JsonField content = message.member("content");
    return new ChatMessage(
        role, role.equals(TrainingRow.ASSISTANT) ? said(content) : content.text());
  }

  /** A text that is trained on. */
  private static String said(JsonField text) {
    if (text.text().isEmpty()) {
      throw text.refuse("a text that is not empty, since it is trained on");
    }
    return text.text();
  }
}
