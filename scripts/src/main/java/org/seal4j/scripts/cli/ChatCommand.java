package org.seal4j.scripts.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.text.AdaptedModels;
import org.seal4j.lora.text.Completion;
import org.seal4j.scripts.run.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal chat}: a conversation line by line, in which adapters can be changed. */
@Command(
    name = "chat",
    description = {
      "Talk with a model by its chat template, and change adapters on the way.",
      "A line is a message; /help lists the commands, /quit or Ctrl-D ends. Lines may be piped in."
    },
    footer = {
      "",
      "Examples:",
      "  seal chat --model SmolLM2-135M-Instruct.gguf --system \"Be brief.\"",
      "  seal chat --model models/base --adapter law=runs/one --adapter runs/tax"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ChatCommand implements Callable<Integer> {
  private static final double TEMPERATURE = 0.8;

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Mixin private NamedAdapterOptions models;
  @Mixin private HistoryOptions history;
  @Mixin private AnswerOptions options;

  @Override
  public Integer call() {
    List<Integer> refused = new ArrayList<>();
    int code = ComputeBackend.run(seal, () -> refused.add(talk()));
    boolean wrong = !Terminal.watchesInput() && refused.stream().anyMatch(count -> count > 0);
    return wrong ? Seal.EXIT_INPUT : code;
  }

  /** How many lines were refused. */
  private int talk() {
    Completion.Request request = options.request(TEMPERATURE);
    List<ChatMessage> before = history.read();
    Conversation.Streams streams =
        new Conversation.Streams(spec.commandLine().getOut(), spec.commandLine().getErr());
    String first = models.names().get(0);
    try (AdaptedModels opened = models.open();
        Conversation talk = new Conversation(opened, first, before, request, streams)) {
      return new ChatLines(System.in, Terminal.watchesInput()).hand(talk);
    }
  }
}
