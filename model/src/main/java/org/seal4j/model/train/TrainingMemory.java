package org.seal4j.model.train;

import java.util.List;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;

/** The memory that training all weights of a model takes at least. */
public final class TrainingMemory {
  private TrainingMemory() {}

  /**
   * Weights, one optimizer state, gradients of each shard, and per token what the backward pass
   * needs of the forward pass: the inputs of the linears and the logits. Less than a training
   * takes, so that nothing is refused that would fit.
   *
   * @param shards of a batch
   */
  public static MemoryNeed of(ModelConfig config, List<BatchShape> shards) {
    double parameters = MemoryNeed.parameters(config);
    double tokens =
        shards.stream().mapToDouble(shard -> (double) shard.batch() * shard.time()).sum();
    return new MemoryNeed(
        Float.BYTES * ((2.0 + shards.size()) * parameters + tokens * perToken(config)));
  }

  /** Numbers that the backward pass needs per token: the inputs of the linears and the logits. */
  public static double perToken(ModelConfig config) {
    return config.vocabSize() + config.layers() * perTokenAndLayer(config);
  }

  /** The same of one layer: the inputs of its linears. */
  public static double perTokenAndLayer(ModelConfig config) {
    return 2.0 * config.dim() + config.heads() * (double) config.headSize() + config.ffDim();
  }
}
