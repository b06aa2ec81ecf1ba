package org.seal4j.model.generate;

/**
 * The fixed shape of one decoding plan.
 *
 * @param rows b, padding included
 * @param fresh s, new tokens per row
 * @param capacity tokens per row of the cache
 * @param calls equal parts of the tokens that BLAS multiplies in a call of its own; 0 where every
 *     row is multiplied by itself
 * @param reading whether the plan only reads prompts into the cache and has no logits
 */
record StepShape(int rows, int fresh, int capacity, int calls, boolean reading) {
  /** A step that reads a piece of every prompt, each a call of its own. */
  static StepShape read(int rows, int chunk, int capacity) {
    return read(rows, chunk, rows, capacity);
  }

  /** The same with the rows of several prompts in one call of BLAS. */
  static StepShape read(int rows, int chunk, int calls, int capacity) {
    return new StepShape(rows, chunk, capacity, calls, true);
  }

  /** A step that writes a token per row. */
  static StepShape write(int rows, int capacity) {
    return new StepShape(rows, 1, capacity, 0, false);
  }
}
