package org.seal4j.scripts.pretrain;

import org.seal4j.data.check.Checks;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;

/**
 * How the transformer is trained on text.
 *
 * @param steps optimizer steps
 * @param batch windows per step
 * @param shards equal parts of a batch computed side by side; part of the arithmetic
 * @param optimizer update of the hidden matrices; all else gets AdamW
 * @param learningRate peak rate of AdamW
 * @param muonLearningRate peak rate of Muon
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of the gradient
 * @param embeddingStd deviation of random embeddings
 * @param residualScale factor on the initial weights that write into the residual stream
 * @param checkpointEvery steps between checkpoints, from which an interrupted run goes on
 */
public record TextTrainConfig(
    long steps,
    int batch,
    int shards,
    TrainConfig.OptimizerKind optimizer,
    double learningRate,
    double muonLearningRate,
    Schedule schedule,
    long warmup,
    double clip,
    double embeddingStd,
    double residualScale,
    long checkpointEvery) {
  public TextTrainConfig {
    Checks.require(embeddingStd > 0, "pretrain.embeddingStd must be > 0 but was %s", embeddingStd);
    Checks.require(
        residualScale > 0, "pretrain.residualScale must be > 0 but was %s", residualScale);
    Checks.require(
        checkpointEvery >= 1, "pretrain.checkpointEvery must be >= 1 but was %d", checkpointEvery);
  }

  /** The same for the trainer. */
  TrainConfig training() {
    return new TrainConfig(
        steps,
        batch,
        shards,
        optimizer,
        learningRate,
        muonLearningRate,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults());
  }
}
