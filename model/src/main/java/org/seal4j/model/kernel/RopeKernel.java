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
    RopeTable.Key key = new RopeTable.Key(frequencies);
    int half = headSize / 2;
    int near = interleaved ? 2 : 1;
    int far = interleaved ? 1 : half;
    return (in, out, scratch) -> {
      RopeTable table = scratch.rotations(key);
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
}
