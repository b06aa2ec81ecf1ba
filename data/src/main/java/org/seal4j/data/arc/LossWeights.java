package org.seal4j.data.arc;

import org.seal4j.data.check.Checks;

/**
 * How much each kind of token counts in a sequence of demonstrations and a self-edit.
 *
 * @param firstOutput tokens of the first output grid, which nothing explains yet
 * @param output tokens of the later output grids; the token that closes a grid counts with it
 * @param edit tokens of the self-edit
 * @param other every other token
 */
public record LossWeights(float firstOutput, float output, float edit, float other) {
  public LossWeights {
    if (!(firstOutput >= 0 && output >= 0 && edit >= 0 && other >= 0)) {
      throw Checks.refuse(
          "loss weights must be >= 0 but were first output %s, output %s, edit %s, other %s",
          firstOutput, output, edit, other);
    }
  }

  /** The self-edit alone: cloning a policy's own choice. */
  public static LossWeights editOnly() {
    return new LossWeights(0, 0, 1, 0);
  }

  /** The weights of pretraining: outputs 1 (the first 0.2), edit 0.3, other tokens 0.02. */
  public static LossWeights pretraining() {
    return new LossWeights(0.2f, 1f, 0.3f, 0.02f);
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return "LossWeights[firstOutput=%s, output=%s, edit=%s, other=%s]"
        .formatted(firstOutput, output, edit, other);
  }
}
