package org.seal4j.scripts.tuning;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.model.train.BatchSource;
import org.seal4j.model.train.Checkpoint;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.rl.experiment.Lab;

/**
 * The steps of a training: measures on the way, keeps the best state, ends early, stores
 * checkpoints. A run that was stopped goes on from its last checkpoint; the steps since then are
 * made again, and must have the losses that are logged.
 */
public final class TrainingLoop {
  private static final String ORIGIN = "seal4j.origin";
  private static final String STEP = "step";
  private static final int RECENT = 20;

  private final Lab lab;
  private final Plan plan;
  private final Learning learning;
  private final Path checkpoint;
  private final Path best;

  /**
   * What is done when.
   *
   * @param batches rows of each step
   * @param steps at most
   * @param evaluateEvery steps between measurements
   * @param checkpointEvery steps between checkpoints
   * @param patience measurements without a better loss before the end; empty for no early end
   * @param heldOut whether the measured rows are not trained on, so that their loss says which
   *     state is the best
   */
  public record Plan(
      BatchSource batches,
      long steps,
      long evaluateEvery,
      long checkpointEvery,
      Optional<Integer> patience,
      boolean heldOut) {}

  public TrainingLoop(Lab lab, Plan plan, Learning learning) {
    this.lab = lab;
    this.plan = plan;
    this.learning = learning;
    Path folder = lab.folder("checkpoints");
    checkpoint = folder.resolve("training.safetensors");
    best = folder.resolve("best.safetensors");
  }

  /**
   * Trains, and leaves the model as it is to be kept.
   *
   * @param before the measurement before the training
   * @param measure of the model as it is
   */
  public Course run(Measure before, Supplier<Measure> measure) {
    try (RowLog steps = lab.log(StepTable.NAME, StepTable.SCHEMA);
        RowLog points = lab.log(MeasureTable.NAME, MeasureTable.SCHEMA)) {
      points.put(0, MeasureTable.row(0, before));
      resume(steps);
      Best kept = train(steps, points, measure);
      if (plan.heldOut && kept.step < learning.training().step()) {
        restore(kept.step);
      }
      return new Course(
          steps.rows().stream().map(row -> row.float64("loss")).toList(),
          points.rows().stream().map(MeasureTable::point).toList(),
          plan.heldOut ? kept.step : learning.training().step(),
          plan.steps);
    }
  }

  /** The measurement with the lowest loss so far, and how many came after it. */
  private record Best(long step, double loss, int since) {
    static final Best NONE = new Best(0, Double.POSITIVE_INFINITY, 0);

    Best with(long at, double measured) {
      return measured < loss ? new Best(at, measured, 0) : new Best(step, loss, since + 1);
    }
  }

  private void resume(RowLog steps) {
    if (!Files.exists(checkpoint)) {
      return;
    }
    Checkpoint.load(learning.training(), checkpoint, origin("training"));
    Checks.require(
        steps.rows().size() >= learning.training().step(),
        "%s stands at step %d, but %d steps are logged; delete the folder, and the training begins"
            + " anew",
        checkpoint,
        learning.training().step(),
        steps.rows().size());
  }

  private Best train(RowLog steps, RowLog points, Supplier<Measure> measure) {
    long first = learning.training().step();
    Best kept = Best.NONE;
    for (long at = plan.evaluateEvery; at <= first; at += plan.evaluateEvery) {
      kept =
          kept.with(
              at, MeasureTable.point(points.rows().get((int) (at / plan.evaluateEvery))).loss());
    }
    lab.listener().start("training", plan.steps);
    if (first > 0) {
      lab.listener().resume(first, "from a checkpoint");
    }
    for (long step = first + 1; step <= plan.steps && goesOn(kept); step++) {
      one(step, steps);
      if (plan.heldOut && (step % plan.evaluateEvery == 0 || step == plan.steps)) {
        kept = measured(step, kept, points, measure);
      }
      if (step % plan.checkpointEvery == 0 && step < plan.steps) {
        Checkpoint.save(learning.training(), checkpoint, origin("training"));
      }
      lab.listener().step(step, note(steps, kept));
    }
    lab.listener().end();
    return kept;
  }

  private boolean goesOn(Best kept) {
    return plan.patience.isEmpty() || kept.since < plan.patience.get();
  }

  private void one(long step, RowLog steps) {
    double loss = learning.train(plan.batches.batch(step - 1));
    Checks.require(
        Double.isFinite(loss),
        "the loss of step %d is no number: the training diverged; begin a new run with a lower"
            + " learning rate",
        step);
    steps.put((int) step - 1, StepTable.row(step, loss));
  }

  private Best measured(long step, Best kept, RowLog points, Supplier<Measure> measure) {
    int index = (int) ((step + plan.evaluateEvery - 1) / plan.evaluateEvery);
    if (points.rows().size() <= index) {
      points.append(MeasureTable.row(step, measure.get()));
    }
    MeasureTable.Point point = MeasureTable.point(points.rows().get(index));
    Best now = kept.with(step, point.loss());
    if (now.step == step) {
      SafeTensors.write(
          best, learning.learned(), Map.of(ORIGIN, origin("best"), STEP, Long.toString(step)));
    }
    return now;
  }

  private void restore(long step) {
    Map<String, String> notes = SafeTensors.metadata(best);
    Checks.require(
        origin("best").equals(notes.get(ORIGIN)) && Long.toString(step).equals(notes.get(STEP)),
        "%s is not the best state of this run, that of step %d; delete the folder, and the training"
            + " begins anew",
        best,
        step);
    SafeTensors.readProven(best, learning.learned());
  }

  private String origin(String name) {
    return lab.identity() + "/checkpoints/" + name;
  }

  private static String note(RowLog steps, Best kept) {
    List<Row> rows = steps.rows();
    double mean =
        rows.subList(Math.max(0, rows.size() - RECENT), rows.size()).stream()
            .mapToDouble(row -> row.float64("loss"))
            .average()
            .orElse(0);
    String recent = String.format(Locale.ROOT, "loss %.3f", mean);
    return kept.step == 0
        ? recent
        : recent + String.format(Locale.ROOT, ", held out %.3f", kept.loss);
  }
}
