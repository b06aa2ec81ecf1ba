package org.seal4j.rl.keys;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;

/**
 * How a transformer is trained from scratch.
 *
 * @param steps optimizer steps
 * @param batch sequences per step; null where {@code mixture} counts them
 * @param shards equal parts of a batch computed on threads of their own; part of the arithmetic,
 *     not of the machine
 * @param optimizer update of the weights that it is for ({@code muon}: the hidden matrices); all
 *     else gets AdamW
 * @param learningRate peak rate of AdamW and of optimizers from outside
 * @param muonLearningRate peak rate of Muon
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of the gradient
 * @param embeddingStd standard deviation of random embeddings
 * @param residualScale factor on the initial weights that write into the residual stream
 * @param checkpointEvery steps between checkpoints, from which an interrupted pretraining is
 *     resumed
 */
public record PretrainKeys(
    long steps,
    @Nullable Integer batch,
    int shards,
    OptimizerSpec optimizer,
    double learningRate,
    double muonLearningRate,
    Schedule schedule,
    long warmup,
    double clip,
    double embeddingStd,
    double residualScale,
    long checkpointEvery) {
  public PretrainKeys {
    Checks.require(embeddingStd > 0, "pretrain.embeddingStd must be > 0 but was %s", embeddingStd);
    Checks.require(
        residualScale > 0, "pretrain.residualScale must be > 0 but was %s", residualScale);
    Checks.require(
        checkpointEvery >= 1, "pretrain.checkpointEvery must be >= 1 but was %d", checkpointEvery);
  }

  /** Sequences per step, in a kind whose recipes say it here. */
  public int size() {
    return Checks.present(batch, "pretrain.batch is missing: how many sequences has a step?");
  }

  /** The same for the trainer, with as many sequences per step as {@code batch} says. */
  public TrainConfig training() {
    return training(size(), shards);
  }

  /** The same with another number of sequences and parts. */
  public TrainConfig training(int sequences, int parts) {
    return new TrainConfig(
        steps,
        sequences,
        parts,
        optimizer,
        learningRate,
        muonLearningRate,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults());
  }
}
