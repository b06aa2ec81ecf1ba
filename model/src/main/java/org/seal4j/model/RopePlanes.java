package org.seal4j.model;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.plan.Tensors;

/**
 * The two orders of the rows of query and key, and of the gains of their norms, within a head:
 * planes of rotation as neighbours (2i, 2i+1) as in llama2.c, or as halves (i, i + k/2) as in
 * Hugging Face checkpoints. Attention is the same for both where rows and rotation are changed
 * together.
 */
public final class RopePlanes {
  private RopePlanes() {}

  /** Reorders neighbours to halves, in place. */
  public static void toHalves(Weights weights) {
    int headSize = weights.config().headSize();
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.matches(".*self_attn\\.[qk]_(proj\\.(weight|bias)|norm\\.weight)")) {
                toHalves(array, headSize);
              }
            });
  }

  /** The rows of {@code [heads * k, in]}, halves reordered to neighbours; a copy. */
  public static FloatBuffer neighbours(INDArray array, int headSize) {
    FloatBuffer from = Tensors.of(array).f();
    int width = Math.toIntExact(array.size(1));
    FloatBuffer to = FloatBuffer.allocate(from.capacity());
    for (int row = 0; row < array.size(0); row++) {
      int within = row % headSize;
      int half = row - within + within % 2 * (headSize / 2) + within / 2;
      to.put(row * width, from, half * width, width);
    }
    return to;
  }

  /**
   * Reorders neighbours to halves, in place: rows of {@code [heads * k, in]}, or elements of {@code
   * [heads * k]}.
   */
  public static void toHalves(INDArray array, int headSize) {
    FloatBuffer memory = Tensors.of(array).f();
    int width = array.rank() == 1 ? 1 : Math.toIntExact(array.size(1));
    int half = headSize / 2;
    float[] head = new float[headSize * width];
    float[] moved = new float[headSize * width];
    for (int at = 0; at < memory.capacity(); at += head.length) {
      memory.get(at, head, 0, head.length);
      for (int i = 0; i < headSize; i++) {
        int neighbour = i < half ? 2 * i : 2 * (i - half) + 1;
        System.arraycopy(head, neighbour * width, moved, i * width, width);
      }
      memory.put(at, moved, 0, moved.length);
    }
  }
}
