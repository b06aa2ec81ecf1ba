package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.AdapterSummary;
import org.seal4j.scripts.run.RunOrigin;
import org.seal4j.scripts.run.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal adapters}: which adapters there are; its parts merge them and keep bundles. */
@Command(
    name = "adapters",
    description = "List, describe and merge adapters, and keep bundles of them up to date.",
    subcommands = {BundleAddCommand.class, BundleRemoveCommand.class, AdaptersMergeCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class AdaptersCommand implements Runnable {
  private static final String LABEL = "  %-10s";
  private static final int INDENT = 12;

  /** Of a SHA-256, enough to tell models apart. */
  private static final int FEW = 12;

  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  Seal seal() {
    return seal;
  }

  @Override
  public void run() {
    throw Failures.commandMissing(spec.commandLine());
  }

  @Command(
      name = "list",
      description = {
        "List the adapters below folders: base, size, what they were trained on, how measured.",
        "One that is damaged is listed with the reason."
      },
      footer = {
        "",
        "Examples:",
        "  seal adapters list runs",
        "  seal adapters list runs/one models/adapters --json"
      },
      sortOptions = false)
  void list(
      @Parameters(
              arity = "1..*",
              paramLabel = "RUN|DIR",
              description = "The folder of a run, or any folder with adapters below it.")
          List<Path> folders,
      @Option(names = "--json", description = "Print the same as JSON.") boolean json) {
    List<AdapterList.Entry> found = AdapterList.below(folders);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Shown.lines(Json.pretty(found)));
    } else if (found.isEmpty()) {
      out.println("no adapter there");
    }
    if (!json) {
      found.forEach(entry -> print(lines(entry)));
    }
    out.flush();
  }

  @Command(
      name = "describe",
      description =
          "Describe one adapter, or a bundle with all its passages: where they stand, and the"
              + " adapter of each by its hash.",
      footer = {"", "Examples:", "  seal adapters describe runs/notes"},
      sortOptions = false)
  void describe(
      @Parameters(
              paramLabel = "ADAPTER|BUNDLE",
              description = "An adapter, a bundle, or the folder of the run that made it.")
          Path named,
      @Option(names = "--json", description = "Print the same as JSON.") boolean json) {
    Path path = BundlePath.find(named).orElseGet(() -> AdapterPath.of(named));
    List<AdapterList.Entry> found = AdapterList.below(List.of(path));
    Checks.require(
        found.size() == 1,
        "%s is neither an adapter nor a bundle; 'adapters list' shows those below a folder",
        path);
    AdapterList.Entry entry = found.get(0);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Shown.lines(Json.pretty(entry)));
    } else {
      print(lines(entry));
      BundleDescription bundle = entry.bundle();
      if (bundle != null) {
        print(bundle.passageLines().stream().map(AdaptersCommand::line).toList());
      }
    }
    out.flush();
  }

  private void print(List<String> lines) {
    int columns = Screen.here().columns();
    for (String line : lines) {
      WrappedText.lines(Shown.line(line), columns, INDENT)
          .forEach(spec.commandLine().getOut()::println);
    }
  }

  private static String line(List<String> labelled) {
    return line(labelled.get(0), labelled.get(1));
  }

  private static List<String> lines(AdapterList.Entry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(entry.name());
    lines.add(line("path", entry.path()));
    AdapterSummary adapter = entry.adapter();
    if (adapter != null) {
      lines.add(line("base", base(adapter)));
      lines.add(line("adapter", size(adapter)));
    }
    BundleDescription bundle = entry.bundle();
    if (bundle != null) {
      bundle.lines().forEach(labelled -> lines.add(line(labelled)));
    }
    RunOrigin run = entry.run();
    if (run != null) {
      lines.add(line("trained", trained(run)));
      lines.add(line("measured", run.measures().isEmpty() ? "not yet" : run.metric()));
      run.measures().forEach(measure -> lines.add(line("", measured(measure))));
    }
    if (!entry.problem().isEmpty()) {
      lines.add(line("damaged", entry.problem()));
    }
    return lines;
  }

  private static String line(String label, String text) {
    return LABEL.formatted(label) + text;
  }

  private static String base(AdapterSummary adapter) {
    String hash = adapter.baseHash();
    String known = hash.substring(0, Math.min(FEW, hash.length()));
    if (adapter.base().isEmpty()) {
      return hash.isEmpty() ? "not recorded" : "the one whose weights have the SHA-256 " + known;
    }
    return hash.isEmpty() ? adapter.base() : adapter.base() + ", SHA-256 of its weights " + known;
  }

  private static String size(AdapterSummary adapter) {
    String targets = TargetsInWords.of(adapter.targets());
    return String.format(
        Locale.ROOT,
        "%s, rank %d, alpha %s, %s%s, %,d parameters",
        adapter.form(),
        adapter.rank(),
        Json.line(adapter.alpha()).replaceFirst("\\.0$", ""),
        targets.isEmpty() ? "" : targets + ": ",
        Amount.of(adapter.modules(), "module"),
        adapter.parameters());
  }

  private static String trained(RunOrigin run) {
    List<String> facts = new ArrayList<>();
    facts.add("kind " + run.kind() + ", recipe " + run.recipe());
    if (!run.data().isEmpty()) {
      facts.add("on " + String.join(" ", run.data()));
    }
    Long steps = run.steps();
    if (steps != null) {
      facts.add(Amount.of(steps, "step"));
    }
    return String.join(", ", facts);
  }

  private static String measured(RunOrigin.Measure measure) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f %% [%.1f, %.1f], n = %d",
        measure.condition(),
        100 * measure.estimate(),
        100 * measure.low(),
        100 * measure.high(),
        measure.n());
  }
}
