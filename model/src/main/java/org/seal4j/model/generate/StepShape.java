package org.seal4j.model.generate;

/**
 * The fixed shape of one decoding plan.
 *
 * @param rows b, padding included
 * @param fresh s, new tokens per row
 * @param capacity tokens per row of the cache
 * @param reading whether the plan only reads prompts into the cache and has no logits
 */
record StepShape(int rows, int fresh, int capacity, boolean reading) {
  /** A step that reads a piece of every prompt. */
  static StepShape read(int rows, int chunk, int capacity) {
    return new StepShape(rows, chunk, capacity, true);
  }

  /** A step that writes a token per row. */
  static StepShape write(int rows, int capacity) {
    return new StepShape(rows, 1, capacity, false);
  }
}
