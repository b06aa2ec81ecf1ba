package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatMessages;
import picocli.CommandLine.Option;

/** The options of every command that can talk to a model in the form of its chat template. */
final class ChatOptions {
  @Option(
      names = "--chat",
      description = "Ask in the form of the model's chat template, and end with the model's turn.")
  private boolean chat;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "The system's message, before all others; \\n and \\\\ as in --prompt.")
  private @Nullable String system;

  @Option(
      names = "--messages",
      paramLabel = "FILE",
      description =
          "What was said before: a JSON list of {\"role\": ..., \"content\": ...}, or an object with"
              + " it as messages.")
  private @Nullable Path messages;

  /** Whether the command is to talk. */
  boolean chosen() {
    Checks.require(
        chat || (system == null && messages == null), "--system and --messages go with --chat");
    return chat;
  }

  /** The system's message and what was said before; may be empty. */
  List<ChatMessage> history() {
    List<ChatMessage> history = new ArrayList<>();
    if (system != null) {
      history.add(new ChatMessage("system", GenerateCommand.plain(system)));
    }
    if (messages != null) {
      history.addAll(ChatMessages.read(messages));
      Checks.require(
          history.stream().filter(message -> message.role().equals("system")).count() <= 1,
          "%s begins with a system's message, and --system is another; keep one",
          messages);
    }
    return history;
  }
}
