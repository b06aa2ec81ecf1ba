package org.seal4j.lora.train;

import org.seal4j.data.check.Checks;

/**
 * How a step of adapters trades time for memory.
 *
 * @param pieces parts of a batch that are computed one after the other and whose gradients are
 *     added (gradient accumulation): a step takes the memory of one part, and its gradients are
 *     those of the whole batch up to the last bits; 1 for the whole batch at once
 * @param recompute layers of which only the input of the first is kept for the backward pass, which
 *     computes the rest again (activation checkpointing): 1 for each layer by itself, which takes
 *     the least memory with most models; 0 to keep everything. Changes no bit
 */
public record StepMemory(int pieces, int recompute) {
  public StepMemory {
    Checks.require(pieces >= 1, "memory.pieces must be >= 1 but was %d", pieces);
    Checks.require(recompute >= 0, "memory.recompute must be >= 0 but was %d", recompute);
  }

  /** The whole batch at once, and everything is kept. */
  public static StepMemory unbounded() {
    return new StepMemory(1, 0);
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
