package org.seal4j.scripts.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.adapt.AdaptExperiment;
import org.seal4j.scripts.adapt.AdaptKeys;
import org.seal4j.scripts.adapt.Budget;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.tuning.TrainedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seal adapt}: runs a recipe of the kind {@code adapt}. */
@Command(
    name = "adapt",
    description =
        "Make an adapter of documents of your own: the model writes questions about them, learns the"
            + " answers, and is asked before and after without the documents.",
    footer = {
      "",
      "Examples:",
      "  seal adapt --model models/smollm2.gguf --documents notes/ --out runs/notes",
      "  seal ask --model models/smollm2.gguf --adapter runs/notes/adapter \"...\"",
      "  seal adapt --model models/base --documents notes/ --adapters passage",
      "  seal adapt --model models/base --documents a.pdf --documents b.html \\",
      "      --questions mine.jsonl --budget 15m",
      "  seal adapt --model models/base --documents notes/ \\",
      "      --teacher http://localhost:8080/v1 --teacher-model NAME"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class AdaptCommand extends RecipeCommand {
  static final String KIND = "adapt";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf file, or hf:OWNER/NAME of a fetched model (model.path).")
  private @Nullable Path model;

  @Option(
      names = "--documents",
      paramLabel = "FILE|DIR",
      description =
          "What is learned: txt, md, html, pdf, csv, jsonl, or folders of them; may be repeated"
              + " (documents.paths).")
  private List<Path> documents = new ArrayList<>();

  @Parameters(
      paramLabel = "FILE|DIR",
      arity = "0..*",
      description = "Further documents, so that --documents *.md names them all.")
  private List<Path> further = new ArrayList<>();

  @Mixin private AdaptOptions options;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description =
          "A recipe of the kind adapt, by name or path. Default: adapt, whose keys --set changes.")
  private @Nullable String recipe;

  private Budget.@Nullable Planned planned;

  @Override
  @Nullable String recipe() {
    return recipe == null && !resumes() ? KIND : recipe;
  }

  @Override
  String example() {
    return CommandName.with(KIND, "--model", "MODEL", "--documents", "DIR");
  }

  @Override
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    TrainOptions.add(changes, "model.path", model);
    if (!documents.isEmpty() || !further.isEmpty()) {
      changes.add(
          Stream.concat(documents.stream(), further.stream())
              .map(path -> "'" + path.toString().replace("'", "''") + "'")
              .collect(Collectors.joining(", ", "documents.paths=[", "]")));
    }
    changes.addAll(options.changes());
    changes.addAll(super.changes());
    return changes;
  }

  @Override
  boolean plans() {
    return options.budget() != null;
  }

  @Override
  List<String> planned(RecipeDraft draft, int threads) {
    AdaptKeys keys = draft.bind(AdaptKeys.class);
    new AdaptExperiment().check(keys);
    String time = Checks.present(options.budget(), "--budget has no time");
    Budget.Planned made;
    try (Workers workers = new Workers(threads, engine())) {
      made = Budget.plan(keys, time, workers);
    }
    planned = made;
    spec().commandLine().getErr().println(made.plan().sentence());
    return made.plan().changes();
  }

  @Override
  Experiment<?> kind(Experiment<?> named) {
    return planned == null ? named : new AdaptExperiment(planned);
  }

  /** A run whose adapter was refused has no adapter, nor a bundle of some. */
  @Override
  int exitCode(Path folder) {
    boolean made =
        Files.exists(folder.resolve(TrainedFolder.ADAPTER))
            || Files.exists(folder.resolve(BundlePath.IN_RUN));
    return made ? 0 : Seal.EXIT_INPUT;
  }

  @Override
  void require(Experiment<?> kind) {
    OneKind.require(KIND, kind);
  }
}
