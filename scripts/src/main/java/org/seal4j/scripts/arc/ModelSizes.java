package org.seal4j.scripts.arc;

import org.seal4j.model.ModelConfig;
import org.seal4j.rl.local.ArcLanguage;

/**
 * Sizes of the transformer; its vocabulary and position table follow from the tasks.
 *
 * @param dim width of the residual stream
 * @param layers decoder layers
 * @param heads query heads
 * @param kvHeads key and value heads; divides heads
 * @param headSize size of one head, even
 * @param ffDim inner width of the feed-forward
 * @param ropeTheta base of the rotary frequencies
 */
public record ModelSizes(
    int dim, int layers, int heads, int kvHeads, int headSize, int ffDim, double ropeTheta) {
  private static final double NORM_EPS = 1e-5;

  /** The whole configuration of a model that speaks this language. */
  ModelConfig config(ArcLanguage language) {
    return new ModelConfig(
        language.vocabulary().size(),
        dim,
        layers,
        heads,
        kvHeads,
        headSize,
        ffDim,
        NORM_EPS,
        ropeTheta,
        false,
        false,
        false,
        language.pairPositions());
  }
}
