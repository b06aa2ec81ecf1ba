package org.seal4j.scripts.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.Invocation;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunLab;
import org.seal4j.scripts.run.Versions;

/** Small runs of the recipe {@code train}, without the command line. */
final class TrainRuns {
  private static final String RECIPE = "train";

  private TrainRuns() {}

  /** What makes a run small; later ones win. */
  static List<String> small(Path model, Path rows, String... more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "model.path=" + model,
                "data.rows=" + rows,
                "inner.lora.rank=8",
                "inner.lora.alpha=16",
                "inner.learningRate=2e-2",
                "inner.epochs=2",
                "training.checkpointEvery=3",
                "samples.rows=2",
                "samples.tokens=8"));
    sets.addAll(List.of(more));
    return sets;
  }

  static RecipeDraft draft(List<String> sets) {
    return RecipeBook.open(Optional.of(Repository.root())).load(RECIPE, sets);
  }

  static TrainKeys keys(Path model, Path rows, String... more) {
    return draft(small(model, rows, more)).bind(TrainKeys.class);
  }

  /** Begins a run, or resumes the one in the folder. */
  static void start(Path folder, List<String> sets, RunListener listener) {
    RecipeDraft draft = draft(sets);
    TrainKeys keys = draft.bind(TrainKeys.class);
    String effective = draft.effectiveYaml(keys);
    try (RunFolder opened =
        Files.exists(folder)
            ? RunFolder.resume(folder, effective)
            : RunFolder.create(RECIPE, folder, Instant.EPOCH, effective)) {
      RunLab.run(
          new TrainExperiment(),
          keys,
          new RunLab.Settings(
              draft.head(),
              keys,
              new Backend("cpu", "CpuBackend"),
              folder.resolveSibling("cache"),
              new Invocation(List.of(), Versions.here("test", "test"))),
          opened,
          2,
          listener);
    }
  }
}
