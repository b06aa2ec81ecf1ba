package org.seal4j.scripts.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.AdapterCanary;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.train.AdapterTrainer;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.study.AnchorTexts;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.tuning.StepTable;

/**
 * Trains an adapter for each passage, alone: what comes out depends on the passage, the recipe and
 * the seed, and not on other passages. A stopped run goes on with the passage that it was at.
 */
final class PassageAdapters {
  /**
   * What adapters call their base: nothing, since they say the hash of its weights, and are to have
   * the same content wherever it lies.
   */
  private static final String UNNAMED = "";

  /** Most texts that hold the model to what it was; they take turns. */
  private static final int ANCHORS = 96;

  private final Lab lab;
  private final AdaptKeys recipe;
  private final ModelFolder model;
  private final StudyForm form;
  private final Seeds seeds;
  private final Path adapters;

  /**
   * @param seeds of the run, or of the run that made the bundle
   * @param adapters folder in which they are stored
   */
  PassageAdapters(
      Lab lab, AdaptKeys recipe, ModelFolder model, StudyForm form, Seeds seeds, Path adapters) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    this.form = form;
    this.seeds = seeds;
    this.adapters = adapters;
  }

  /** What there is to be learned of a passage, which is not empty. */
  record Study(DocumentPassage passage, StudyBatches.Material material) {}

  /** The rows of {@link TrainedTable}, one for each passage, and the losses of all steps. */
  record Trained(List<Row> rows, List<Double> losses) {
    Trained {
      rows = List.copyOf(rows);
      losses = List.copyOf(losses);
    }
  }

  /** Trains them all, in their order. */
  Trained all(List<Study> studies) {
    InnerLoopMemory.require("inner", model.config(), recipe.inner().config());
    int steps = Math.toIntExact(recipe.steps(1));
    String base = model.weights().sha256();
    try (RowLog log = lab.log(TrainedTable.NAME, TrainedTable.SCHEMA);
        RowLog losses = lab.log(StepTable.NAME, StepTable.SCHEMA)) {
      int done = finished(log, studies);
      lab.listener().start("training", (long) steps * studies.size());
      if (done > 0) {
        lab.listener().resume((long) steps * done, "from the log");
      }
      StudyBatches.@Nullable Anchors anchors = done == studies.size() ? null : anchors(steps);
      for (int i = done; i < studies.size(); i++) {
        Study study = studies.get(i);
        try (AdapterTrainer trainer = trainer(study.passage().id())) {
          train(trainer, batches(study, anchors), losses, i * steps, steps);
          log.put(i, stored(study.passage(), trainer.bank(), base));
        }
      }
      lab.listener().end();
      return new Trained(
          log.rows(), losses.rows().stream().map(row -> row.float64("loss")).toList());
    }
  }

  /** Passages that the log has, whose adapters are there. */
  private int finished(RowLog log, List<Study> studies) {
    int done = 0;
    for (Row row : log.rows()) {
      Checks.require(
          done < studies.size() && row.string("passage").equals(studies.get(done).passage().id()),
          "%s.arrows tells of passage %s, where the documents have another; the documents were"
              + " changed since the run began: restore them, or begin a new run",
          TrainedTable.NAME,
          row.string("passage"));
      if (!Files.isDirectory(adapters.resolve(row.string("adapter")))) {
        return done;
      }
      done++;
    }
    return done;
  }

  private AdapterTrainer trainer(String passage) {
    return new AdapterTrainer(
        model.weights(),
        recipe.adapter(recipe.steps(1)),
        seeds.child("passage", passage).child("adapter"),
        lab.workers());
  }

  private StudyBatches batches(Study study, StudyBatches.@Nullable Anchors anchors) {
    return new StudyBatches(
        List.of(study.material()),
        1,
        recipe.study().others(),
        Checks.present(anchors, "there are no anchors"),
        seeds.child("passage", study.passage().id()).child("order"));
  }

  private StudyBatches.Anchors anchors(long steps) {
    int each = recipe.study().anchors();
    int count = (int) Math.min(ANCHORS, each * steps);
    AnchorTexts texts =
        new AnchorTexts(model.weights(), form, recipe.questions().likeliest(), lab.workers());
    return new StudyBatches.Anchors(texts.write(count, seeds.child("anchors")), each);
  }

  private void train(
      AdapterTrainer trainer, StudyBatches batches, RowLog losses, int from, int steps) {
    for (int step = 0; step < steps; step++) {
      double loss = trainer.train(batches.batch(step));
      Checks.require(
          Double.isFinite(loss),
          "the loss of step %d is no number: the training diverged; begin a new run with a lower"
              + " learning rate",
          from + step + 1);
      losses.put(from + step, StepTable.row(from + step + 1, loss));
      lab.listener().step(from + step + 1, String.format(Locale.ROOT, "loss %.3f", loss));
    }
  }

  /** Stores an adapter, and reads it back: it must change what the model predicts. */
  private Row stored(DocumentPassage passage, AdapterBank trained, String base) {
    String hash;
    try (PeftAdapter adapter = PeftAdapter.of(model.config(), trained, 0, UNNAMED)) {
      hash = Bundle.store(adapters, adapter, base);
    }
    try (PeftAdapter read = PeftAdapter.load(adapters.resolve(hash), model.config());
        AdapterBank bank = read.toBank();
        Worker worker = lab.workers().another()) {
      Canary canary = Canary.of(model.weights(), bank, form, lab.workers());
      canary.require();
      double cost = AdapterCanary.of(model.weights(), bank, form.tokenizer(), worker);
      return TrainedTable.row(passage.id(), hash, Bundle.bytes(adapters, hash), cost, canary);
    }
  }

  /** How it went, for a person. */
  String sentence(Trained trained) {
    int steps = Math.toIntExact(recipe.steps(1));
    return String.format(
        Locale.ROOT,
        "%s, each by itself in %s; loss of the first steps %.3f, of the last %.3f",
        Amount.of(trained.rows().size(), "adapter"),
        Amount.of(steps, "step"),
        mean(trained.losses(), steps, 0),
        mean(trained.losses(), steps, steps - 1));
  }

  private static double mean(List<Double> losses, int steps, int at) {
    List<Double> some = new ArrayList<>();
    for (int i = at; i < losses.size(); i += steps) {
      some.add(losses.get(i));
    }
    return some.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
