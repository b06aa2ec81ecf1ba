package org.seal4j.lora.train;

import org.seal4j.lora.AdapterBank;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.train.TrainingMemory;

/** The memory that training adapters on a frozen model takes at least. */
public final class InnerLoopMemory {
  private InnerLoopMemory() {}

  /**
   * The model, its adapters with one gradient, and what the backward pass needs of the smallest
   * piece of a step of one adapter, in the layers that have adapters. Less than an inner loop
   * takes, so that nothing is refused that would fit.
   *
   * @param tokens of a piece at least, before padding
   */
  public static MemoryNeed of(ModelConfig model, InnerLoopConfig how, int tokens) {
    double perToken = perToken(model, how);
    if (how.logits() == InnerLoopConfig.Logits.ALL) {
      perToken += model.vocabSize();
    }
    return new MemoryNeed(
        MemoryNeed.ofWeights(model).bytes()
            + 2 * AdapterBank.memory(how.adaptersPerGroup(), model, how.lora()).bytes()
            + Float.BYTES * perToken * how.padded(tokens));
  }

  /**
   * Numbers that the backward pass needs of the layers: all, or a part and inputs of the others.
   */
  private static double perToken(ModelConfig model, InnerLoopConfig how) {
    double perLayer = TrainingMemory.perTokenAndLayer(model);
    int layers = model.layers() - how.lora().targetModules().frozenLayers(model);
    int again = how.memory().recompute();
    if (again == 0 || again >= layers) {
      return layers * perLayer;
    }
    return again * perLayer + (Math.floor((double) layers / again) - 1) * model.dim();
  }

  /**
   * Refuses what this process has not the memory for, whatever its texts are.
   *
   * @param key of the recipe that says how adapters are trained, such as {@code inner}
   */
  public static void require(String key, ModelConfig model, InnerLoopConfig how) {
    require(
        key,
        model,
        how,
        (int) Math.min(Integer.MAX_VALUE / 2, (long) how.piece() * how.timeMultiple()));
  }

  /**
   * The same for texts that are known.
   *
   * @param tokens that are computed at once, at least: those of the longest text
   */
  public static void require(String key, ModelConfig model, InnerLoopConfig how, int tokens) {
    of(model, how, tokens)
        .require(
            "%s: %,d adapters of rank %,d, trained on %,d tokens at once, would"
                .formatted(key, how.adaptersPerGroup(), how.lora().rank(), how.padded(tokens)),
            less(key, how));
  }

  /** How to take less: first by what leaves the result as it is. */
  private static String less(String key, InnerLoopConfig how) {
    StringBuilder less = new StringBuilder();
    if (how.memory().recompute() != 1) {
      less.append("set %s.memory.recompute to 1, ".formatted(key));
    }
    if (how.piece() > 1) {
      less.append("set %s.memory.pieces to %d, ".formatted(key, how.batch()));
    }
    return less + "make the model or the batch smaller";
  }
}
