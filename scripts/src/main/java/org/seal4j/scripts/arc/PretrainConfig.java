package org.seal4j.scripts.arc;

import org.seal4j.data.arc.LossWeights;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.rl.grid.GridPretraining;

/**
 * How the transformer is trained from scratch.
 *
 * @param steps optimizer steps
 * @param batch sequences per step
 * @param shards equal parts of a batch computed side by side; part of the arithmetic, not of the
 *     machine
 * @param fewestDemonstrations fewest pairs of a sequence besides the last
 * @param demonstrations most pairs of a sequence besides the last
 * @param optimizer update of the hidden matrices; all else gets AdamW
 * @param learningRate peak rate of AdamW
 * @param muonLearningRate peak rate of Muon
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of the gradient
 * @param embeddingStd deviation of random embeddings
 * @param residualScale factor on the initial weights that write into the residual stream
 * @param hintShare share of sequences that name their family, at the start
 * @param lastHintShare the same at the end
 * @param lossWeights weight of each kind of token
 * @param checkpointEvery steps between checkpoints, from which an interrupted pretraining goes on
 */
public record PretrainConfig(
    long steps,
    int batch,
    int shards,
    int fewestDemonstrations,
    int demonstrations,
    TrainConfig.OptimizerKind optimizer,
    double learningRate,
    double muonLearningRate,
    Schedule schedule,
    long warmup,
    double clip,
    double embeddingStd,
    double residualScale,
    double hintShare,
    double lastHintShare,
    LossWeights lossWeights,
    long checkpointEvery) {
  public PretrainConfig {
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

  /** The same for the source of its sequences. */
  GridPretraining.Config sequences(int maxTokens) {
    return new GridPretraining.Config(
        batch,
        steps,
        fewestDemonstrations,
        demonstrations,
        hintShare,
        lastHintShare,
        lossWeights,
        maxTokens);
  }
}
