package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.rl.passage.WorldPretraining;

/**
 * How the transformer is trained from scratch on an invented world.
 *
 * @param steps optimizer steps
 * @param shards equal parts of a batch computed side by side; part of the arithmetic
 * @param writings passages with self-edits per shard
 * @param rollCalls lists of names said twice per shard: how a model of this size learns to copy
 *     names
 * @param residents short texts about residents per shard
 * @param writingTokens longest passage with self-edit
 * @param residentTokens longest short text
 * @param passageWeight loss weight of the passage before a self-edit
 * @param residentWeight loss weight of short texts
 * @param questionShare share of questions among short texts
 * @param optimizer update of the hidden matrices; all else gets AdamW
 * @param learningRate peak rate of AdamW
 * @param muonLearningRate peak rate of Muon
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of the gradient
 * @param embeddingStd deviation of random embeddings
 * @param residualScale factor on the initial weights that write into the residual stream
 * @param checkpointEvery steps between checkpoints
 */
public record WorldPretrainConfig(
    long steps,
    int shards,
    int writings,
    int rollCalls,
    int residents,
    int writingTokens,
    int residentTokens,
    double passageWeight,
    double residentWeight,
    double questionShare,
    TrainConfig.OptimizerKind optimizer,
    double learningRate,
    double muonLearningRate,
    Schedule schedule,
    long warmup,
    double clip,
    double embeddingStd,
    double residualScale,
    long checkpointEvery) {
  public WorldPretrainConfig {
    Checks.require(embeddingStd > 0, "pretrain.embeddingStd must be > 0 but was %s", embeddingStd);
    Checks.require(
        residualScale > 0, "pretrain.residualScale must be > 0 but was %s", residualScale);
    Checks.require(
        checkpointEvery >= 1, "pretrain.checkpointEvery must be >= 1 but was %d", checkpointEvery);
  }

  /** The same for the trainer: each shard counts as two, its long texts and its short ones. */
  TrainConfig training() {
    return new TrainConfig(
        steps,
        shards * (writings + rollCalls + residents),
        2 * shards,
        optimizer,
        learningRate,
        muonLearningRate,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults());
  }

  /** Shapes of the trainer's shards; the last token of a text is read by no one. */
  List<BatchShape> shapes() {
    List<BatchShape> shapes = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      shapes.add(new BatchShape(writings + rollCalls, writingTokens - 1));
      shapes.add(new BatchShape(residents, residentTokens - 1));
    }
    return shapes;
  }

  /** The same for the source of its texts. */
  WorldPretraining.Config texts() {
    return new WorldPretraining.Config(
        shards,
        writings,
        rollCalls,
        residents,
        writingTokens,
        residentTokens,
        passageWeight,
        residentWeight,
        questionShare);
  }
}
