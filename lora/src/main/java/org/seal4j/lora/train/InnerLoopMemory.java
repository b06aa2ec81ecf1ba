package org.seal4j.lora.train;

import org.seal4j.lora.AdapterBank;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.train.TrainingMemory;

/** The memory that training adapters on a frozen model takes at least. */
public final class InnerLoopMemory {
  private InnerLoopMemory() {}

  /**
   * The model, its adapters with one gradient, and what the backward pass needs of the shortest
   * step of one adapter: texts of one token, padded, in the layers that have adapters. Less than an
   * inner loop takes, so that nothing is refused that would fit.
   */
  public static MemoryNeed of(ModelConfig model, InnerLoopConfig how) {
    double tokens = (double) how.piece() * how.timeMultiple();
    int layers = model.layers() - how.lora().targetModules().frozenLayers(model);
    double perToken = layers * TrainingMemory.perTokenAndLayer(model);
    if (how.logits() == InnerLoopConfig.Logits.ALL) {
      perToken += model.vocabSize();
    }
    return new MemoryNeed(
        MemoryNeed.ofWeights(model).bytes()
            + 2 * AdapterBank.memory(how.adaptersPerGroup(), model, how.lora()).bytes()
            + Float.BYTES * tokens * perToken);
  }

  /**
   * Refuses what this process has not the memory for.
   *
   * @param key of the recipe that says how adapters are trained, such as {@code inner}
   */
  public static void require(String key, ModelConfig model, InnerLoopConfig how) {
    of(model, how)
        .require(
            "%s: %,d adapters of rank %,d, trained on %,d texts of at least %,d tokens at once, would"
                .formatted(
                    key,
                    how.adaptersPerGroup(),
                    how.lora().rank(),
                    how.piece(),
                    how.timeMultiple()));
  }
}
