package org.seal4j.rl.keys;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.hub.HubPath;
import org.seal4j.model.ModelConfig;

/**
 * The model: one of the user, or the sizes of a transformer that is pretrained from scratch, whose
 * vocabulary and position table follow from the data.
 *
 * @param path a model folder, a GGUF file, a llama2.c checkpoint or the name of a fetched model
 *     ({@link HubPath}), which gets its commit; the sizes are then not used. Null where the model
 *     is pretrained
 * @param dim width of the residual stream
 * @param layers decoder layers
 * @param heads query heads
 * @param kvHeads key and value heads; divides heads
 * @param headSize size of one head, even
 * @param ffDim inner width of the feed-forward
 * @param ropeTheta base of the rotary frequencies
 */
public record ModelKeys(
    @Nullable Path path,
    int dim,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int ffDim,
    double ropeTheta) {
  private static final double NORM_EPS = 1e-5;

  public ModelKeys {
    path = path == null ? null : HubPath.pinned(path);
  }

  /**
   * The whole configuration of a model that is pretrained.
   *
   * @param vocabSize number of token ids
   * @param pairPositions size of the learned position-in-pair table, 0 for none
   * @param tiedHead whether the head is the embedding table
   */
  public ModelConfig config(int vocabSize, int pairPositions, boolean tiedHead) {
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
        tiedHead,
        false,
        pairPositions);
  }

  /** Refuses a path where the kind pretrains its own model. */
  public void requirePretrained(String kind) {
    Checks.require(
        path == null,
        "model.path is %s, but recipes of kind %s pretrain their own model; set it to null",
        String.valueOf(path),
        kind);
  }
}
