package org.seal4j.scripts.arc;

import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Schedule;

/**
 * The inner loop: what a self-edit's flags mean, and how its adapter is trained. Learning rate,
 * epochs and loss strategy are the edit's own.
 *
 * @param trainingSet how task and flags become a training set
 * @param outputTokens what the strategy {@code train_using_output_tokens} puts loss on
 * @param rank of the adapters
 * @param alpha numerator of the adapters' scaling
 * @param targetModules which linears get an adapter
 * @param batch sequences per step
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of an adapter's gradient
 * @param maxSteps most steps an edit may cost; more is an invalid edit
 * @param timeMultiple sequences are padded to a multiple of this many tokens
 * @param adaptersPerGroup adapters that ride side by side in one graph; results do not depend on it
 */
public record AdaptConfig(
    TestTimeTrainingConfig trainingSet,
    LossMask outputTokens,
    int rank,
    double alpha,
    String targetModules,
    int batch,
    Schedule schedule,
    int warmup,
    double clip,
    long maxSteps,
    int timeMultiple,
    int adaptersPerGroup) {
  public AdaptConfig {
    Checks.require(
        outputTokens != LossMask.ALL_TOKENS,
        "adapt.outputTokens must be output_grids or last_output: all tokens is the other strategy");
    Checks.require(maxSteps >= 1, "adapt.maxSteps must be >= 1 but was %d", maxSteps);
  }

  /** The same for the inner loop. */
  InnerLoopConfig innerLoop() {
    return new InnerLoopConfig(
        new LoraConfig(rank, alpha, false, new TargetModules(targetModules)),
        batch,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults(),
        timeMultiple,
        adaptersPerGroup);
  }
}
