package org.seal4j.scripts.experiment;

import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.inner.AdapterFit;

/**
 * The M-step: supervised fine-tuning of the policy on the selected edits, with an adapter that is
 * merged afterwards.
 *
 * @param rank of the adapter
 * @param alpha numerator of its scaling
 * @param targetModules which linears get one; without the head a policy hardly moves
 * @param batch edits per step
 * @param learningRate peak rate
 * @param epochs passes over the selected edits
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of the gradient
 */
public record LearnConfig(
    int rank,
    double alpha,
    String targetModules,
    int batch,
    double learningRate,
    int epochs,
    Schedule schedule,
    int warmup,
    double clip) {
  private static final int TIME_MULTIPLE = 8;

  /** The same for the learner. */
  public AdapterFit.Config learner() {
    InnerLoopConfig adapter =
        new InnerLoopConfig(
            new LoraConfig(rank, alpha, false, new TargetModules(targetModules)),
            batch,
            schedule,
            warmup,
            clip,
            AdamWConfig.defaults(),
            TIME_MULTIPLE,
            1);
    return new AdapterFit.Config(adapter, learningRate, epochs);
  }
}
