package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.json.Json;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.text.Perplexity;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.Progress;
import org.seal4j.rl.passage.AskedModel;
import org.seal4j.rl.passage.ClosedBook;
import org.seal4j.scripts.run.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal eval}: measures a model. */
@Command(
    name = "eval",
    description = "Measure a model.",
    subcommands = {EvalCommand.PerplexityCommand.class, EvalCommand.SquadCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class EvalCommand implements Runnable {
  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Failures.commandMissing(spec.commandLine());
  }

  /** {@code seal eval perplexity}. */
  @Command(
      name = "perplexity",
      description = "Measure the likelihood of a text, per token and per byte.",
      footer = {
        "",
        "Example:",
        "  seal eval perplexity --model models/tinystories --text stories.txt"
      },
      sortOptions = false)
  static final class PerplexityCommand implements Callable<Integer> {
    @ParentCommand private EvalCommand eval;
    @Spec private CommandSpec spec;

    @Mixin private ModelOptions model;

    @Option(
        names = "--text",
        required = true,
        paramLabel = "FILE",
        description = "A text file in UTF-8.")
    private Path text;

    @Option(
        names = "--context",
        paramLabel = "N",
        description = "Tokens per window; default: the model's context, at most 1024.")
    private int context;

    @Option(
        names = "--stride",
        paramLabel = "N",
        description =
            "Tokens scored per window, the others are context; default: all of them (fastest).")
    private int stride;

    @Option(
        names = "--workers",
        paramLabel = "N",
        description = "Threads; the result does not depend on it. Default: all cores.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    @Override
    public Integer call() {
      return ComputeBackend.run(eval.seal, this::measure);
    }

    private void measure() {
      Checks.require(workers >= 1, "--workers must be at least 1 but was %d", workers);
      String content = TextFile.read(text);
      Checks.require(!content.isEmpty(), "%s is empty; name a text that can be predicted", text);
      PrintWriter out = spec.commandLine().getOut();
      try (TextModel opened = model.open();
          Workers threads = new Workers(workers, opened.engine())) {
        int window = context == 0 ? Math.min(opened.context(), 1024) : context;
        Perplexity p =
            Perplexity.of(opened, content, window, stride == 0 ? window : stride, threads);
        if (json) {
          out.print(Shown.lines(Json.pretty(p)));
        } else {
          out.printf(
              Locale.ROOT,
              "%d tokens, %d bytes: %.4f nats per token, perplexity %.2f, %.4f bits per byte%n",
              p.tokens(),
              p.bytes(),
              p.meanNll(),
              p.perplexity(),
              p.bitsPerByte());
        }
        out.flush();
      }
    }
  }

  /** {@code seal eval squad}. */
  @Command(
      name = "squad",
      description = "Ask questions about passages that the model does not see, and grade answers.",
      footer = {
        "",
        "Reads SQuAD v1.1 and v2.0, XQuAD, and SEAL's files; impossible questions are left out.",
        "",
        "Example:",
        "  seal eval squad --model models/base --adapter runs/one/adapter \\",
        "      --data dev-v1.1.json --questions 200 --json > answers.json"
      },
      sortOptions = false)
  static final class SquadCommand implements Callable<Integer> {
    @ParentCommand private EvalCommand eval;
    @Spec private CommandSpec spec;
    @Mixin private ModelOptions model;
    @Mixin private ChatOptions chat;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "FILE",
        description = "Passages with questions.")
    private Path data;

    @Option(
        names = "--questions",
        paramLabel = "N",
        description = "Most questions, in the order of the file; default: all.")
    private int questions;

    @Option(names = "--json", description = "Print figures and answers as JSON.")
    private boolean json;

    @Override
    public Integer call() {
      return ComputeBackend.run(eval.seal, this::ask);
    }

    private void ask() {
      Checks.require(questions >= 0, "--questions must be >= 0 but was %d", questions);
      boolean talking = chat.chosen();
      List<ChatMessage> before = talking ? chat.history() : List.of();
      List<Passage> passages = PassageReader.read(data, ImpossibleQuestions.DROP);
      PrintWriter out = spec.commandLine().getOut();
      Progress progress = json ? Progress.silent() : ProgressBar.onErrorStream();
      try (TextModel opened = model.open()) {
        AskedModel asker = talking ? AskedModel.chat(opened, before) : AskedModel.plain(opened);
        ClosedBook result = ClosedBook.of(asker, passages, questions, progress);
        if (json) {
          out.print(Shown.lines(Json.pretty(result)));
        } else {
          out.println(Amount.of(result.answers().size(), "question") + ", without the passages");
          result
              .figures()
              .forEach(
                  (grader, figure) ->
                      out.printf(
                          Locale.ROOT,
                          "%-14s %5.1f %%  [%.1f, %.1f]%n",
                          grader,
                          100 * figure.value(),
                          100 * figure.interval().low(),
                          100 * figure.interval().high()));
        }
        out.flush();
      }
    }
  }
}
