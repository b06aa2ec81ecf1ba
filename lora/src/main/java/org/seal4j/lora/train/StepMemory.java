package org.seal4j.lora.train;

import org.seal4j.data.check.Checks;

/**
 * How a step of adapters trades time for memory.
 *
 * @param pieces parts of a batch that are computed one after the other and whose gradients are
 *     added (gradient accumulation): a step takes the memory of one part, and its gradients are
 *     those of the whole batch up to the last bits; 1 for the whole batch at once
 */
public record StepMemory(int pieces) {
  public StepMemory {
    Checks.require(pieces >= 1, "memory.pieces must be >= 1 but was %d", pieces);
  }

  /** The whole batch at once. */
  public static StepMemory unbounded() {
    return new StepMemory(1);
  }

  /** Most sequences of a piece of so many. */
  int size(int sequences) {
    return Math.max(1, (int) (((long) sequences + pieces - 1) / pieces));
  }

  /**
   * What decides the bits of a step, as text behind what has been said; empty where it is usual.
   */
  String text() {
    return pieces == 1 ? "" : "; pieces " + pieces;
  }
}
