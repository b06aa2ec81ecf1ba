package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.lora.bundle.BundledModel;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.text.AdaptedModels;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.SingleQuestion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.lora.text.TrimmedText;
import org.seal4j.scripts.run.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal ask}: one question, answered as it is written, by each adapter that is named. */
@Command(
    name = "ask",
    description = {
      "Ask a model one question, with adapters or without.",
      "It is asked by the model's chat template; a model without one goes on with 'Question: ...',"
          + " 'Answer:'.",
      "A bundle of adapters answers with the one that the question is for, and says which document"
          + " that is; with none where it knows nothing about it."
    },
    footer = {
      "",
      "Examples:",
      "  seal ask --model SmolLM2-135M-Instruct.gguf \"What is a lease?\"",
      "  seal ask --model models/base --adapter none --adapter runs/law \\",
      "      \"Who pays for repairs?\"",
      "  seal ask --model models/base --adapter runs/notes \"Who pays?\"",
      "  echo \"Who pays for repairs?\" | seal ask --model models/base --json"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class AskCommand implements Callable<Integer> {
  private static final String PIPED = "-";

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Mixin private NamedAdapterOptions models;

  @Parameters(
      arity = "0..1",
      paramLabel = "QUESTION",
      description = "What is asked, as typed; without it, or as -, it is read from standard input.")
  private @Nullable String question;

  @Mixin private BundleOptions bundling;
  @Mixin private HistoryOptions history;
  @Mixin private AnswerOptions options;

  @Option(
      names = "--json",
      description = "Print one JSON object at the end instead of the answers.")
  private boolean json;

  /** What is printed as JSON. */
  private record Answers(String question, long seed, List<Map<String, Object>> answers) {}

  @Override
  public Integer call() {
    return ComputeBackend.run(seal, this::ask);
  }

  private void ask() {
    Completion.Request request = options.request(0);
    List<String> names = models.names();
    SingleQuestion asked = new SingleQuestion(history.read(), question());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> answers = new ArrayList<>();
    Map<String, Path> bundles = models.bundles();
    bundling.requireBundle(!bundles.isEmpty());
    try (AdaptedModels opened = models.open(bundles.keySet())) {
      for (String name : names) {
        if (names.size() > 1) {
          say(answers.isEmpty() ? name + ":\n" : "\n" + name + ":\n");
        }
        Path bundle = bundles.get(name);
        answers.add(
            bundle == null
                ? fields(name, answer(asked, opened.get(name), request))
                : routed(name, asked, bundle, opened.get(AdaptedModels.NONE), request));
      }
    }
    if (json) {
      out.print(Shown.lines(Json.pretty(new Answers(asked.text(), options.seed(), answers))));
      out.flush();
    }
  }

  private Completion answer(SingleQuestion asked, TextModel model, Completion.Request request) {
    Completion made = asked.ask(model, request, new TrimmedText(this::say));
    say("\n");
    return made;
  }

  /** The answer of the adapters that a bundle has for the question, and who they are. */
  private Map<String, Object> routed(
      String name, SingleQuestion asked, Path bundle, TextModel model, Completion.Request request) {
    try (BundledModel bundled = bundling.open(bundle, model)) {
      Route route = bundled.route(asked.text());
      try (TextModel adapted = bundled.adapted(route)) {
        Map<String, Object> fields = fields(name, answer(asked, adapted, request));
        BundleOptions.sources(route).forEach(line -> say(line + "\n"));
        fields.putAll(BundleOptions.fields(route));
        return fields;
      }
    }
  }

  private String question() {
    if (question != null && !question.equals(PIPED)) {
      return question;
    }
    Checks.require(
        question != null || !Terminal.watchesInput(),
        "name the question behind the options, in quotes, or pipe it in");
    return StandardInput.read().strip();
  }

  private void say(String text) {
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(Terminal.shown(text));
      out.flush();
    }
  }

  private static Map<String, Object> fields(String name, Completion made) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("adapter", name);
    fields.put("answer", made.text().strip());
    fields.put("reason", made.reason());
    fields.put("promptTokens", made.promptTokens());
    fields.put("tokens", made.tokens().length);
    fields.put("meanLogProb", made.meanLogProb());
    return fields;
  }
}
