package org.seal4j.scripts.experiment;

import org.seal4j.model.ModelConfig;

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

  /**
   * The whole configuration of a model.
   *
   * @param vocabSize number of token ids
   * @param pairPositions size of the learned position-in-pair table, 0 for none
   */
  public ModelConfig config(int vocabSize, int pairPositions) {
    return new ModelConfig(
        vocabSize,
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
        pairPositions);
  }
}
