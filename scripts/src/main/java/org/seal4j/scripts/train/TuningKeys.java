package org.seal4j.scripts.train;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * What is trained, how long, and how it is watched.
 *
 * @param weights an adapter over the model, or all of its weights
 * @param merge whether the model with the adapter merged into it is written as well
 * @param steps optimizer steps; null where {@code inner.epochs} counts passes over the rows
 * @param fullLearningRate peak rate where all weights are trained; that of an adapter is {@code
 *     inner.learningRate}
 * @param shards parts of a batch computed on threads of their own; part of the arithmetic, not of
 *     the machine
 * @param tokens most tokens that a thread computes at once for an adapter, padding included; less
 *     takes less memory and changes no loss
 * @param evaluateEvery steps between two measurements of the held-out rows; null for one a pass
 * @param patience measurements without a better loss after which the training ends, a number >= 1;
 *     null to go on to the end
 * @param checkpointEvery steps between checkpoints, from which an interrupted run is resumed
 */
public record TuningKeys(
    Trained weights,
    boolean merge,
    @Nullable Integer steps,
    double fullLearningRate,
    int shards,
    int tokens,
    @Nullable Integer evaluateEvery,
    @Nullable Integer patience,
    int checkpointEvery) {
  /** What a training changes. */
  public enum Trained {
    /** An adapter; the model stays as it is. */
    ADAPTER,
    /** Every weight of the model. */
    ALL
  }

  public TuningKeys {
    atLeastOne("steps", steps);
    atLeastOne("shards", shards);
    atLeastOne("tokens", tokens);
    atLeastOne("evaluateEvery", evaluateEvery);
    atLeastOne("patience", patience);
    atLeastOne("checkpointEvery", checkpointEvery);
    Checks.require(
        fullLearningRate > 0 && Double.isFinite(fullLearningRate),
        "training.fullLearningRate must be finite and > 0 but was %s",
        fullLearningRate);
    Checks.require(
        !merge || weights == Trained.ADAPTER,
        "training.merge is true, but training.weights is all: there is no adapter to merge, and the"
            + " whole model is written in any case");
  }

  private static void atLeastOne(String key, @Nullable Integer value) {
    Checks.require(
        value == null || value >= 1, "training.%s must be >= 1 but was %s", key, "" + value);
  }
}
