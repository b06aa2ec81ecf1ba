package org.seal4j.model.kernel;

import java.util.Arrays;

/**
 * Reusable heap arrays for staging, one set per thread of execution. Slots are numbered by the
 * kernel that runs; contents do not survive from one kernel to the next.
 */
public final class Scratch {
  private float[][] slots = new float[16][];

  /** An array of at least {@code size} floats for slot {@code slot}; contents undefined. */
  public float[] floats(int slot, int size) {
    if (slot >= slots.length) {
      slots = Arrays.copyOf(slots, slot + 8);
    }
    float[] held = slots[slot];
    if (held == null || held.length < size) {
      held = new float[Math.max(size, 1024)];
      slots[slot] = held;
    }
    return held;
  }
}
