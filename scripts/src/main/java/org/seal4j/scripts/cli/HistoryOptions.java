package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatMessages;
import picocli.CommandLine.Option;

/** What was said before, for every command that can go on with a conversation. */
final class HistoryOptions {
  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description =
          "The system's message, before all others; \\n stands for a line feed, \\\\ for a"
              + " backslash.")
  private @Nullable String system;

  @Option(
      names = "--messages",
      paramLabel = "FILE",
      description =
          "What was said before: a JSON list of {\"role\": ..., \"content\": ...}, or an object"
              + " with it as messages.")
  private @Nullable Path messages;

  /** Whether neither was named. */
  boolean isEmpty() {
    return system == null && messages == null;
  }

  /** The system's message and what was said before; may be empty. */
  List<ChatMessage> read() {
    List<ChatMessage> history = new ArrayList<>();
    if (system != null) {
      history.add(new ChatMessage("system", AnswerOptions.plain(system)));
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
