package org.seal4j.scripts.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RunMark;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.RunIdentity;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.recipe.RecipeHead;

/** A run folder of every kind of file, made by hand. */
final class ToyRun {
  private static final ModelConfig CONFIG =
      new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, true, true, true, 7);
  static final Map<String, String> DATA = Map.of("tasks", "1".repeat(64));

  /** A recipe of one key. */
  record Config(int width) {}

  private ToyRun() {}

  /** SHA-256 of what decides the results of such a run. */
  static String identity(long seed) {
    return RunIdentity.of("toy", new Config(8), seed, "cpu", DATA);
  }

  static void make(Path root, long seed, boolean finished) {
    try (RunFolder folder = RunFolder.create("toy", root, Instant.EPOCH, "seed: " + seed)) {
      RunLab.Settings settings =
          new RunLab.Settings(
              new RecipeHead("toy", "toy", "A toy.", "no time", seed),
              new Config(8),
              new Backend("cpu", "CpuBackend"),
              root,
              new Invocation(List.of("run", "toy"), Versions.here("1", "1")));
      new RunLab(settings, folder, 1).inputs(DATA);
      ArrowTable.write(
          folder.table("pretraining"), LossTable.SCHEMA, LossTable.rows(List.of(1.5, .5)));
      String identity = identity(seed);
      String origin = identity + "/checkpoints";
      try (Journal journal = Journal.open(root, identity);
          Weights weights = Weights.random(CONFIG, 0.5, 1, Seeds.of(seed))) {
        WeightsStore store = new WeightsStore(folder.checkpoints(), weights, origin);
        store.save("round-0", 0);
        for (int i = 0; i < 3; i++) {
          journal.edits().append(edit(i, seed));
          journal.learning().append(new LearningRow(1, i, 1.0 / (i + 1)));
        }
        store.save("round-1", 3);
      }
      if (finished) {
        Checksums.write(root);
        ProvenJson.write(folder.summary(), ordered("title", "toy", "run", identity));
        ProvenJson.write(root.resolve("timings.json"), ordered("total", "1.5", "run", identity));
        String page = RunMark.intoHtml("<html></html>\n", identity);
        Proof.writeText(folder.report(), page + "<!-- " + Proof.BLANK + " -->\n");
      }
    }
  }

  private static Map<String, String> ordered(String... keysAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static EditRow edit(int index, long seed) {
    return new EditRow(
        new EditRow.Key("train", 1, "task", "family", index, seed),
        new EditRow.Draft("", Optional.of("{}"), Optional.empty(), "", 0, Double.NaN),
        new Outcome(0, 0, 1, Outcome.Training.NONE, "0", List.of()));
  }
}
