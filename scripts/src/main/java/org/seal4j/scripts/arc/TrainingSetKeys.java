package org.seal4j.scripts.arc;

import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.check.Checks;

/**
 * What a self-edit trains on: learning rate, epochs and loss strategy are its own.
 *
 * @param pseudoTasks how a task and the self-edit's flags become a training set
 * @param outputTokens what the strategy {@code train_using_output_tokens} puts loss on: {@code
 *     output_grids} of a sequence, or {@code last_output} as in SEAL
 * @param maxSteps most optimizer steps a self-edit may cost; more is an invalid one (SEAL: 375)
 */
public record TrainingSetKeys(
    TestTimeTrainingConfig pseudoTasks, LossMask outputTokens, long maxSteps) {
  public TrainingSetKeys {
    Checks.require(
        outputTokens != LossMask.ALL_TOKENS,
        "trainingSet.outputTokens must be output_grids or last_output: all tokens is the other"
            + " strategy");
    Checks.require(maxSteps >= 1, "trainingSet.maxSteps must be >= 1 but was %d", maxSteps);
  }
}
