package org.seal4j.rl.grid;

import org.seal4j.data.arc.AugmentationFlags;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.SelfEdit;

/**
 * A self-edit of the few-shot task: the configuration of one test-time training (docs/seal.md
 * §3.2).
 *
 * @param augmentations the data tools that are on
 * @param strategy which tokens carry loss
 * @param learningRate of the inner loop, finite and above 0
 * @param epochs passes over the training set, at least 1
 */
public record FewShotEdit(
    AugmentationFlags augmentations, Strategy strategy, double learningRate, int epochs)
    implements SelfEdit {
  public FewShotEdit {
    Checks.require(
        Double.isFinite(learningRate) && learningRate > 0,
        "learning_rate must be a finite number above 0 but was %s; the usual range is 1e-5 to 1e-2",
        learningRate);
    Checks.require(epochs >= 1, "num_train_epochs must be >= 1 but was %d", epochs);
  }
}
