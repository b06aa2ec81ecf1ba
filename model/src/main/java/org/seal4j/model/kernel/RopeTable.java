package org.seal4j.model.kernel;

import java.util.Arrays;

/**
 * Cosines and sines of all positions seen so far; grows on demand. All layers of all plans of a
 * thread share one.
 */
final class RopeTable {
  private final float[] frequencies;
  float[] cos = new float[0];
  float[] sin = new float[0];
  private int positions;

  RopeTable(Key key) {
    frequencies = key.frequencies;
  }

  /** Frequencies, compared by value. */
  static final class Key {
    private final float[] frequencies;
    private final int hash;

    Key(float[] frequencies) {
      this.frequencies = frequencies;
      hash = Arrays.hashCode(frequencies);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(frequencies, key.frequencies);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** The row of a position, which stands at {@code row * k / 2} from now on. */
  int row(int position) {
    if (position < 0) {
      throw new IllegalStateException("rotary position " + position + " is negative");
    }
    if (position >= positions) {
      grow(Math.max(position + 1, Math.max(64, positions * 2)));
    }
    return position;
  }

  private void grow(int count) {
    int half = frequencies.length;
    cos = Arrays.copyOf(cos, count * half);
    sin = Arrays.copyOf(sin, count * half);
    for (int p = positions; p < count; p++) {
      for (int i = 0; i < half; i++) {
        double angle = (double) p * frequencies[i];
        cos[p * half + i] = (float) StrictMath.cos(angle);
        sin[p * half + i] = (float) StrictMath.sin(angle);
      }
    }
    positions = count;
  }
}
