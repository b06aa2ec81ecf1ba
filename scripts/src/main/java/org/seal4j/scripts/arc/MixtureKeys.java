package org.seal4j.scripts.arc;

import org.seal4j.data.arc.LossWeights;
import org.seal4j.rl.grid.GridPretraining;

/**
 * What the transformer is pretrained on: the pairs of random tasks, a self-edit behind them.
 *
 * @param fewestDemonstrations fewest pairs of a sequence besides the last
 * @param demonstrations most pairs of a sequence besides the last
 * @param hintShare share of sequences that begin with a token naming their family, at the start
 * @param lastHintShare the same share at the end, in [0, 1]
 * @param lossWeights weight of each kind of token
 */
public record MixtureKeys(
    int fewestDemonstrations,
    int demonstrations,
    double hintShare,
    double lastHintShare,
    LossWeights lossWeights) {
  /** The same for the source of the sequences. */
  GridPretraining.Config sequences(int batch, long steps, int maxTokens) {
    return new GridPretraining.Config(
        batch,
        steps,
        fewestDemonstrations,
        demonstrations,
        hintShare,
        lastHintShare,
        lossWeights,
        maxTokens);
  }
}
