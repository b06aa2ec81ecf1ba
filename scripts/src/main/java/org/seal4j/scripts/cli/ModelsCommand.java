package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.scripts.run.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seal models}: what runs left that can be used. */
@Command(
    name = "models",
    description = {
      "List the models and adapters that runs left, each with the command that uses it.",
      "What is damaged or not finished is listed with the reason."
    },
    footer = {"", "Examples:", "  seal models", "  seal models archive/runs --json"},
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class ModelsCommand implements Runnable {
  private static final String LABEL = "  %-10s";
  private static final int INDENT = 12;
  private static final double MEGA = 1e6;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "A folder with runs below it, or one run. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  @Option(names = "--json", description = "Print the same as JSON.")
  private boolean json;

  @Override
  public void run() {
    ModelList found = ModelList.below(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Shown.lines(Json.pretty(found.entries())));
    } else {
      for (ModelList.Entry entry : found.entries()) {
        for (String line : lines(entry)) {
          WrappedText.lines(Shown.line(line), Screen.here().columns(), INDENT)
              .forEach(out::println);
        }
      }
      if (found.entries().isEmpty()) {
        out.println("no model there");
      }
      if (found.others() > 0) {
        out.println(Amount.of(found.others(), "other run") + " left nothing to use");
      }
    }
    out.flush();
  }

  private static List<String> lines(ModelList.Entry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(entry.name());
    lines.add(LABEL.formatted(entry.what()) + size(entry));
    if (!entry.kind().isEmpty() && !entry.recipe().isEmpty()) {
      lines.add(
          LABEL.formatted("made by")
              + "kind %s, recipe %s, %s".formatted(entry.kind(), entry.recipe(), entry.started()));
    }
    lines.add(
        entry.problem().isEmpty()
            ? LABEL.formatted("use") + entry.command()
            : LABEL.formatted("problem") + entry.problem());
    return lines;
  }

  private static String size(ModelList.Entry entry) {
    String bytes = String.format(Locale.ROOT, "%.1f MB", entry.bytes() / MEGA);
    Long parameters = entry.parameters();
    return parameters == null
        ? entry.path() + ", " + bytes
        : String.format(Locale.ROOT, "%s, %,d parameters, %s", entry.path(), parameters, bytes);
  }
}
