package org.seal4j.model.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Weighted cross-entropy against the few likeliest tokens of a teacher, with its gradient in the
 * same pass.
 *
 * <p>In logits {@code [rows, v]}, ids {@code [rows, k]} int32, probabilities p {@code [rows, k]},
 * weights {@code [rows]}; out loss {@code [groups]} (sum over the group's consecutive rows of
 * {@code w * -sum_k p_k log q[id_k]} with {@code q} the softmax of all logits) and dlogits {@code
 * [rows, v]} ({@code w * (q sum_k p_k - p)}, the gradient of the sum of all losses). An id may
 * stand in a row more than once: its probabilities add up. Rows of weight 0 cost nothing.
 */
public final class SparseCrossEntropyKernel {
  private SparseCrossEntropyKernel() {}

  public static Kernel of(int groups) {
    return (in, out, scratch) -> {
      int rows = in[3].length();
      int v = in[0].length() / rows;
      float[] x = scratch.floats(0, Lanes.ceil(v));
      float[] tmp = scratch.floats(1, Lanes.W);
      int perGroup = rows / groups;
      double loss = 0;
      for (int r = 0; r < rows; r++) {
        float weight = in[3].f().get(r);
        if (weight != 0f) {
          in[0].f().get(r * v, x, 0, v);
          loss += (double) weight * row(x, v, new Targets(in[1], in[2], r, v), weight, tmp);
        } else {
          Arrays.fill(x, 0, v, 0f);
        }
        Tensor.put(out[1], r * v, x, v);
        if ((r + 1) % perGroup == 0) {
          CrossEntropyKernel.write(out[0], r / perGroup, (float) loss);
          loss = 0;
        }
      }
    };
  }

  /** Cross-entropy of a row; x becomes weight times its gradient. */
  private static float row(float[] x, int v, Targets targets, float weight, float[] tmp) {
    float top = CrossEntropyKernel.largest(x, v, tmp);
    double total = 0;
    double expected = 0;
    for (int k = 0; k < targets.width(); k++) {
      double p = targets.probability(k);
      total += p;
      expected += p * (x[targets.id(k)] - top);
    }
    float sum = CrossEntropyKernel.exponentials(x, v, top, tmp);
    float c = weight * (float) total / sum;
    for (int i = 0; i < Lanes.ceil(v); i += Lanes.W) {
      FloatVector.fromArray(Lanes.F, x, i).mul(c).intoArray(x, i);
    }
    for (int k = 0; k < targets.width(); k++) {
      x[targets.id(k)] -= weight * targets.probability(k);
    }
    return (float) (total * StrictMath.log(sum) - expected);
  }

  /** The tokens of one row. */
  private record Targets(Tensor ids, Tensor probabilities, int row, int v) {
    int width() {
      return ids.size(1);
    }

    int id(int k) {
      int id = ids.i().get(row * width() + k);
      if (id < 0 || id >= v) {
        throw new IllegalStateException(
            "row " + row + " has target " + id + " but there are " + v + " logits");
      }
      return id;
    }

    float probability(int k) {
      return probabilities.f().get(row * width() + k);
    }
  }
}
