package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.json.Json;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.text.ChatSession;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.scripts.run.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal generate}: continues a text or a chat, to the terminal as it is written. */
@Command(
    name = "generate",
    description = "Continue a text, or answer in a chat, optionally with an adapter.",
    footer = {
      "",
      "Examples:",
      "  seal generate --model models/tinystories --prompt \"Once upon a time\"",
      "  seal generate --model models/base --adapter runs/one/adapter \\",
      "      --prompt \"Question: ...\" \\",
      "      --temperature 0 --max-tokens 64 --stop \"\\n\\n\" --json",
      "  seal generate --model SmolLM2-135M-Instruct.gguf --chat \\",
      "      --system \"Be brief.\" --prompt \"What is the capital of France?\""
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class GenerateCommand implements Callable<Integer> {
  private static final double TEMPERATURE = 0.8;
  private static final int MOST_LIKELIEST = 20;

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description =
          "Text to continue, or to answer with --chat; \\n stands for a line feed, \\\\ for a"
              + " backslash.")
  private @Nullable String prompt;

  @Option(
      names = "--prompt-file",
      paramLabel = "FILE",
      description = "Continue the whole text of this UTF-8 file as it is; - for standard input.")
  private @Nullable Path promptFile;

  @Mixin private ChatOptions chat;

  @Mixin private AnswerOptions options;

  @Option(names = "--json", description = "Print one JSON object at the end instead of the text.")
  private boolean json;

  @Option(
      names = "--logprobs",
      paramLabel = "N",
      description =
          "With --json: how likely each token was, and the N likeliest at its place, 0 to "
              + MOST_LIKELIEST
              + ".")
  private @Nullable Integer logprobs;

  @Option(names = "--quiet", description = "Do not print tokens per second to the error stream.")
  private boolean quiet;

  @Override
  public Integer call() {
    return ComputeBackend.run(seal, this::write);
  }

  private void write() {
    boolean talking = chat.chosen();
    Completion.Request request = options.request(TEMPERATURE).withLikeliest(likeliest());
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> sink = json ? piece -> {} : piece -> send(out, piece);
    List<ChatMessage> history = talking ? chat.history() : List.of();
    Optional<String> start = prompt(history);
    try (TextModel text = model.open()) {
      long began = System.nanoTime();
      Completion made;
      List<ChatMessage> said = List.of();
      if (talking) {
        try (ChatSession session = ChatSession.open(text, history)) {
          made =
              start.isPresent()
                  ? session.ask(start.get(), request, sink)
                  : session.reply(request, sink);
          said = session.messages();
        }
      } else {
        made = Completion.of(text, start.orElseThrow(), request, sink);
      }
      print(text, made, said, (System.nanoTime() - began) * 1e-9);
    }
  }

  /** How many likely tokens are wanted at each place. */
  private int likeliest() {
    if (logprobs == null) {
      return 0;
    }
    Checks.require(json, "--logprobs is printed with --json alone; give both, or leave it out");
    Checks.require(
        logprobs >= 0 && logprobs <= MOST_LIKELIEST,
        "--logprobs must be 0 to %d but was %d",
        MOST_LIKELIEST,
        logprobs);
    return logprobs;
  }

  private void print(TextModel text, Completion made, List<ChatMessage> said, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Shown.lines(Json.pretty(fields(text, made, said))));
    } else {
      out.println();
    }
    out.flush();
    if (!quiet) {
      spec.commandLine()
          .getErr()
          .printf(
              "%d + %d tokens in %.2f s, %.1f tokens/s%n",
              made.promptTokens(), made.tokens().length, seconds, made.tokens().length / seconds);
    }
  }

  private static void send(PrintWriter out, String piece) {
    out.print(Terminal.shown(piece));
    out.flush();
  }

  /** The text to continue; none where the last message of a conversation is to be answered. */
  private Optional<String> prompt(List<ChatMessage> history) {
    Checks.require(
        prompt == null || promptFile == null,
        "--prompt and --prompt-file exclude each other: there is one text to continue");
    if (promptFile != null) {
      return Optional.of(
          promptFile.equals(Path.of("-"))
              ? StandardInput.read()
              : TextFile.read(promptFile, StandardInput.MOST_BYTES));
    }
    boolean asked = !history.isEmpty() && history.get(history.size() - 1).role().equals("user");
    Checks.require(
        prompt != null || asked, "name the text to continue: --prompt TEXT, or --prompt-file FILE");
    return Optional.ofNullable(prompt).map(AnswerOptions::plain);
  }

  private Map<String, Object> fields(TextModel text, Completion made, List<ChatMessage> said) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!said.isEmpty()) {
      fields.put("messages", said);
    }
    fields.put("prompt", made.prompt());
    fields.put("text", made.text());
    fields.put("reason", made.reason());
    fields.put("promptTokens", made.promptTokens());
    fields.put("tokens", made.tokens());
    fields.put("meanLogProb", made.meanLogProb());
    if (logprobs != null) {
      fields.put("logProbs", TokenLikelihoods.of(made, text.tokenizer()));
    }
    fields.put("seed", options.seed());
    return fields;
  }
}
