package org.seal4j.data.batch;

import org.seal4j.data.check.Checks;

/**
 * What a teacher holds for the next tokens of a sequence: at each place its {@code width} likeliest
 * tokens with their probabilities. They sum to less than 1 by what the teacher gives to all others.
 *
 * @param width tokens at a place, k
 * @param ids {@code [t * k]}: at {@code i * k} those that may stand at place {@code i}; not used
 *     where the sequence has no loss
 * @param probabilities {@code [t * k]}; 0 for a place that has fewer tokens
 */
@SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
public record SoftTargets(int width, int[] ids, float[] probabilities) {
  public SoftTargets {
    Checks.require(width >= 1, "soft targets need a width >= 1 but got %d", width);
    Checks.require(
        ids.length == probabilities.length && ids.length % width == 0,
        "soft targets of width %d need equal numbers of ids and probabilities, a multiple of the"
            + " width, but got %d and %d",
        width,
        ids.length,
        probabilities.length);
  }

  /** Number of places. */
  public int length() {
    return ids.length / width;
  }

  /** The same places with the same tokens, behind so many places that have none. */
  public SoftTargets behind(int places) {
    int[] moved = new int[ids.length + places * width];
    float[] held = new float[moved.length];
    System.arraycopy(ids, 0, moved, places * width, ids.length);
    System.arraycopy(probabilities, 0, held, places * width, ids.length);
    return new SoftTargets(width, moved, held);
  }
}
