package org.seal4j.model.kernel;

/**
 * Rotary position embedding (Su et al. 2021) on {@code x [rows, heads * k]} with one position per
 * row. The gradient is the same rotation with the opposite sign.
 */
public final class RopeKernel {
  private RopeKernel() {}

  /**
   * @param headSize k, even
   * @param frequencies angle per position of each of the k/2 planes
   * @param interleaved planes are neighbours (2i, 2i+1) as in llama2.c; else halves (i, i + k/2) as
   *     in Hugging Face checkpoints
   * @param sign +1 forward, -1 gradient
   */
  public static Kernel of(int headSize, float[] frequencies, boolean interleaved, int sign) {
    Table table = new Table(frequencies);
    int half = headSize / 2;
    int near = interleaved ? 2 : 1;
    int far = interleaved ? 1 : half;
    return (in, out, scratch) -> {
      int rows = in[1].length();
      int width = in[0].length() / rows;
      float[] x = scratch.floats(0, width);
      for (int r = 0; r < rows; r++) {
        in[0].f().get(r * width, x, 0, width);
        int row = table.row(in[1].i().get(r)) * half;
        for (int head = 0; head < width; head += headSize) {
          for (int i = 0; i < half; i++) {
            float c = table.cos[row + i];
            float s = sign * table.sin[row + i];
            int p = head + i * near;
            float a = x[p];
            float b = x[p + far];
            x[p] = a * c - b * s;
            x[p + far] = Math.fma(a, s, b * c);
          }
        }
        out[0].f().put(r * width, x, 0, width);
      }
    };
  }

  /** Cosines and sines of all positions seen so far; grows on demand. */
  private static final class Table {
    final float[] frequencies;
    float[] cos = new float[0];
    float[] sin = new float[0];
    int positions;

    Table(float[] frequencies) {
      this.frequencies = frequencies;
    }

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
      cos = new float[count * half];
      sin = new float[count * half];
      for (int p = 0; p < count; p++) {
        for (int i = 0; i < half; i++) {
          double angle = (double) p * frequencies[i];
          cos[p * half + i] = (float) StrictMath.cos(angle);
          sin[p * half + i] = (float) StrictMath.sin(angle);
        }
      }
      positions = count;
    }
  }
}
