package org.seal4j.model.train;

import java.util.Locale;
import org.seal4j.data.check.Checks;

/**
 * How the whole model is trained.
 *
 * @param steps optimizer steps
 * @param batch sequences per step
 * @param shards equal parts of a batch whose gradients are computed side by side and added in
 *     order; a setting of the arithmetic, not of the machine: results do not depend on the number
 *     of threads
 * @param optimizer update of the weights that it is for, all others get AdamW: {@code muon} is for
 *     the hidden matrices, not for embeddings, norms and head
 * @param learningRate peak rate of AdamW and of optimizers from outside
 * @param muonLearningRate peak rate of Muon, otherwise unused
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest global norm of the gradient
 * @param adamW AdamW's other numbers; options given to the optimizer of that name take their place
 */
public record TrainConfig(
    long steps,
    int batch,
    int shards,
    OptimizerSpec optimizer,
    double learningRate,
    double muonLearningRate,
    Schedule schedule,
    long warmup,
    double clip,
    AdamWConfig adamW) {

  public TrainConfig {
    Checks.require(steps >= 1, "steps must be >= 1 but was %d", steps);
    Checks.require(
        shards >= 1 && batch >= shards && batch % shards == 0,
        "batch must be a multiple of shards but they are %d and %d",
        batch,
        shards);
    Checks.require(learningRate > 0, "learningRate must be > 0 but was %s", learningRate);
    Checks.require(
        muonLearningRate > 0, "muonLearningRate must be > 0 but was %s", muonLearningRate);
    Checks.require(warmup >= 0, "warmup must be >= 0 but was %d", warmup);
    Checks.require(clip > 0, "clip must be > 0 but was %s; use 1e9 to switch it off", clip);
    if (optimizer.name().equals(OptimizerSpec.ADAMW.name()) && !optimizer.options().isEmpty()) {
      adamW = AdamWConfig.of(optimizer.options());
      optimizer = OptimizerSpec.ADAMW;
    }
  }

  /** The optimizer of this weight. */
  OptimizerSpec optimizer(String weight, long[] shape) {
    return optimizer.equals(OptimizerSpec.ADAMW) || !optimizer.updates(weight, shape)
        ? OptimizerSpec.adamW(adamW)
        : optimizer;
  }

  /** The peak rate of a weight that this optimizer updates. */
  double peakRate(OptimizerSpec chosen) {
    return chosen.equals(OptimizerSpec.MUON) ? muonLearningRate : learningRate;
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return ("TrainConfig[steps=%s, batch=%s, shards=%s, optimizer=%s, learningRate=%s, "
            + "muonLearningRate=%s, schedule=%s, warmup=%s, clip=%s, adamW=%s]")
        .formatted(
            steps,
            batch,
            shards,
            optimizer.cacheKey(),
            learningRate,
            muonLearningRate,
            schedule.name().toUpperCase(Locale.ROOT),
            warmup,
            clip,
            adamW.cacheKey());
  }
}
