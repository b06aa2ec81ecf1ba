package org.seal4j.scripts.cli;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.chat.ChatMessage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that can talk to a model in the form of its chat template. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ChatOptions {
  @Option(
      names = "--chat",
      description = "Ask in the form of the model's chat template, and end with the model's turn.")
  private boolean chat;

  @Mixin private HistoryOptions history;

  /** Whether the command is to talk. */
  boolean chosen() {
    Checks.require(chat || history.isEmpty(), "--system and --messages go with --chat");
    return chat;
  }

  /** The system's message and what was said before; may be empty. */
  List<ChatMessage> history() {
    return history.read();
  }
}
