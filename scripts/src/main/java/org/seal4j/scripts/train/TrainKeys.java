package org.seal4j.scripts.train;

import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.AdapterRun;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.scripts.tuning.BaseKeys;

/**
 * All keys of a recipe of kind {@code train}.
 *
 * @param model the model
 * @param data the rows
 * @param inner how the adapter is trained; batch, passes, optimizer, schedule, warm-up and clipping
 *     are those of all weights, too
 * @param training what is trained, how long, and how it is watched
 * @param samples held-out rows that are answered before and after
 */
public record TrainKeys(
    BaseKeys model, RowsKeys data, InnerKeys inner, TuningKeys training, Samples samples) {
  /**
   * Held-out rows that are answered before and after the training, for the report.
   *
   * @param rows how many rows
   * @param tokens most tokens of an answer
   */
  public record Samples(int rows, int tokens) {
    public Samples {
      Checks.require(rows >= 0, "samples.rows must be >= 0 but was %d", rows);
      Checks.require(tokens >= 1, "samples.tokens must be >= 1 but was %d", tokens);
    }
  }

  public TrainKeys {
    Checks.require(
        (inner.epochs() == null) != (training.steps() == null),
        "inner.epochs is %s and training.steps is %s; one of them says how long the training is, the"
            + " other must be null",
        String.valueOf(inner.epochs()),
        String.valueOf(training.steps()));
    Checks.require(
        inner.trials() == null, "inner.trials must be null: there is one training in a run");
    Checks.require(
        inner.config().adaptersPerGroup() == 1,
        "inner.groups.size must be 1: there is one adapter in a run");
    Checks.inGroup("inner", inner::rate);
    if (training.weights() == TuningKeys.Trained.ALL) {
      Checks.require(
          inner.memory() == null,
          "inner.memory must be null where training.weights is all: it is of adapters; use more"
              + " training.shards or a smaller inner.batch");
      Checks.inGroup("training", () -> full(inner, training, 1));
    }
  }

  /** Optimizer steps of a training on so many rows. */
  long steps(int rows) {
    Integer given = training.steps();
    return given != null
        ? given
        : Math.max(1, ((long) inner.passes() * rows + inner.batch() - 1) / inner.batch());
  }

  /** Steps between two measurements of the held-out rows. */
  long evaluateEvery(int rows) {
    Integer given = training.evaluateEvery();
    return given != null ? given : Math.max(1, (rows + inner.batch() - 1) / inner.batch());
  }

  /** How an adapter is trained for so many steps. */
  AdapterRun adapter(long steps) {
    return new AdapterRun(
        inner.config(), inner.rate(), steps, training.shards(), training.tokens());
  }

  /** How all weights are trained for so many steps. */
  TrainConfig full(long steps) {
    return full(inner, training, steps);
  }

  private static TrainConfig full(InnerKeys inner, TuningKeys training, long steps) {
    return new TrainConfig(
        steps,
        inner.batch(),
        training.shards(),
        inner.update(),
        training.fullLearningRate(),
        training.fullLearningRate(),
        inner.schedule(),
        inner.warmup(),
        inner.clip(),
        AdamWConfig.defaults());
  }
}
