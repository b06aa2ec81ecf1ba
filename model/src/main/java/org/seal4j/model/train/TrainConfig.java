package org.seal4j.model.train;

import org.seal4j.data.check.Checks;

/**
 * How the whole model is trained.
 *
 * @param steps optimizer steps
 * @param batch sequences per step
 * @param shards equal parts of a batch whose gradients are computed side by side and added in
 *     order; a setting of the arithmetic, not of the machine: results do not depend on the number
 *     of threads
 * @param optimizer which update the hidden matrices get; embeddings, norms and head always get
 *     AdamW
 * @param learningRate peak rate of AdamW
 * @param muonLearningRate peak rate of Muon, unused with {@code ADAMW}
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest global norm of the gradient
 * @param adamW AdamW's other numbers
 */
public record TrainConfig(
    long steps,
    int batch,
    int shards,
    OptimizerKind optimizer,
    double learningRate,
    double muonLearningRate,
    Schedule schedule,
    long warmup,
    double clip,
    AdamWConfig adamW) {

  /** Update of the hidden weight matrices. */
  public enum OptimizerKind {
    ADAMW,
    MUON
  }

  public TrainConfig {
    Checks.require(steps >= 1, "train.steps must be >= 1 but was %d", steps);
    Checks.require(
        shards >= 1 && batch >= shards && batch % shards == 0,
        "train.batch must be a multiple of train.shards but they are %d and %d",
        batch,
        shards);
    Checks.require(learningRate > 0, "train.learningRate must be > 0 but was %s", learningRate);
    Checks.require(
        muonLearningRate > 0, "train.muonLearningRate must be > 0 but was %s", muonLearningRate);
    Checks.require(warmup >= 0, "train.warmup must be >= 0 but was %d", warmup);
    Checks.require(clip > 0, "train.clip must be > 0 but was %s; use 1e9 to switch it off", clip);
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return ("TrainConfig[steps=%s, batch=%s, shards=%s, optimizer=%s, learningRate=%s, "
            + "muonLearningRate=%s, schedule=%s, warmup=%s, clip=%s, adamW=%s]")
        .formatted(
            steps,
            batch,
            shards,
            optimizer,
            learningRate,
            muonLearningRate,
            schedule,
            warmup,
            clip,
            adamW.cacheKey());
  }
}
