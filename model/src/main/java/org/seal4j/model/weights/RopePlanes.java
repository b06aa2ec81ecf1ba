package org.seal4j.model.weights;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/**
 * The two orders of the rows of query and key within a head: planes of rotation as neighbours (2i,
 * 2i+1) as in llama2.c, or as halves (i, i + k/2) as in Hugging Face checkpoints. Attention is the
 * same for both where rows and rotation are changed together.
 */
final class RopePlanes {
  private RopePlanes() {}

  /** Reorders neighbours to halves, in place. */
  static void toHalves(Weights weights) {
    reorder(weights, true);
  }

  /** Reorders halves to neighbours, in place. */
  static void toNeighbours(Weights weights) {
    reorder(weights, false);
  }

  private static void reorder(Weights weights, boolean toHalves) {
    ModelConfig c = weights.config();
    for (int l = 0; l < c.layers(); l++) {
      for (String leaf : new String[] {"q_proj", "k_proj"}) {
        String module = WeightNames.layer(l) + ".self_attn." + leaf;
        reorder(weights.get(module + ".weight"), c.headSize(), toHalves);
        if (weights.has(module + ".bias")) {
          reorder(weights.get(module + ".bias"), c.headSize(), toHalves);
        }
      }
    }
  }

  /** Rows of {@code [heads * k, in]}, or elements of {@code [heads * k]}. */
  private static void reorder(INDArray array, int headSize, boolean toHalves) {
    FloatBuffer memory = Tensors.of(array).f();
    int width = array.rank() == 1 ? 1 : Math.toIntExact(array.size(1));
    int half = headSize / 2;
    float[] head = new float[headSize * width];
    float[] moved = new float[headSize * width];
    for (int at = 0; at < memory.capacity(); at += head.length) {
      memory.get(at, head, 0, head.length);
      for (int i = 0; i < headSize; i++) {
        int neighbour = i < half ? 2 * i : 2 * (i - half) + 1;
        int from = toHalves ? neighbour : i;
        int to = toHalves ? i : neighbour;
        System.arraycopy(head, from * width, moved, to * width, width);
      }
      memory.put(at, moved, 0, moved.length);
    }
  }
}
