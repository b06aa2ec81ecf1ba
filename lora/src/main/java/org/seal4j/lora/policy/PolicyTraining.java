package org.seal4j.lora.policy;

import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.InnerLoopConfig;

/**
 * How an adapter is trained towards an objective.
 *
 * @param adapter its arithmetic, schedule, clipping and optimizer, what texts are padded to a
 *     multiple of, and how many layers are computed again. Texts are computed one by one and with
 *     logits of the written tokens alone, whatever it says of batches, pieces and groups
 * @param learningRate peak learning rate
 * @param batch rollouts (GRPO) or pairs (DPO) of an optimizer step
 * @param epochs passes over them, each in an order of its own
 * @param objective what is minimised
 */
public record PolicyTraining(
    InnerLoopConfig adapter,
    double learningRate,
    int batch,
    int epochs,
    PolicyObjective objective) {
  public PolicyTraining {
    Checks.require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learningRate must be finite and > 0 but was %s",
        learningRate);
    Checks.require(batch >= 1, "batch must be >= 1 but was %d", batch);
    Checks.require(epochs >= 1, "epochs must be >= 1 but was %d", epochs);
  }

  /** Optimizer steps for so many lessons. */
  int steps(int lessons) {
    return epochs * perEpoch(lessons);
  }

  /** Optimizer steps of one pass. */
  int perEpoch(int lessons) {
    return (lessons + batch - 1) / batch;
  }
}
