package org.seal4j.scripts.cpt;

import org.seal4j.data.check.Checks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;

/**
 * How the model is trained. All texts and both methods get the same number of steps on batches of
 * the same size, so that more text is not also more training.
 *
 * @param steps optimizer steps
 * @param batch texts per step
 * @param shards with full fine-tuning: equal parts of a batch computed side by side
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of the gradient
 * @param rank of the adapter
 * @param alpha numerator of its scaling
 * @param targetModules which linears get one
 * @param loraLearningRate peak rate of the adapter
 * @param fullLearningRate peak rate of AdamW on all weights
 */
public record CptTraining(
    int steps,
    int batch,
    int shards,
    Schedule schedule,
    int warmup,
    double clip,
    int rank,
    double alpha,
    String targetModules,
    double loraLearningRate,
    double fullLearningRate) {
  private static final int TIME_MULTIPLE = 8;

  public CptTraining {
    Checks.require(
        loraLearningRate > 0, "training.loraLearningRate must be > 0 but was %s", loraLearningRate);
  }

  /** The same for an adapter. */
  InnerLoopConfig lora() {
    return new InnerLoopConfig(
        new LoraConfig(rank, alpha, false, new TargetModules(targetModules)),
        batch,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults(),
        TIME_MULTIPLE,
        1);
  }

  /** The same for all weights. */
  TrainConfig full() {
    return new TrainConfig(
        steps,
        batch,
        shards,
        TrainConfig.OptimizerKind.ADAMW,
        fullLearningRate,
        fullLearningRate,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults());
  }
}
