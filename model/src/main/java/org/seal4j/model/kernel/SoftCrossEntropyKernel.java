package org.seal4j.model.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Weighted cross-entropy against distributions, with its gradient in the same pass.
 *
 * <p>In logits {@code [rows, v]}, targets p {@code [rows, v]}, weights {@code [rows]}; out loss
 * {@code [groups]} (sum over the group's consecutive rows of {@code w * -sum_j p_j log q_j} with
 * {@code q} the softmax of the logits) and dlogits {@code [rows, v]} ({@code w * (q sum_j p_j -
 * p)}, the gradient of the sum of all losses). Rows of weight 0 cost nothing.
 */
public final class SoftCrossEntropyKernel {
  private SoftCrossEntropyKernel() {}

  public static Kernel of(int groups) {
    return (in, out, scratch) -> {
      int rows = in[2].length();
      int v = in[0].length() / rows;
      float[] x = scratch.floats(0, Lanes.ceil(v));
      float[] p = scratch.floats(2, Lanes.ceil(v));
      float[] tmp = scratch.floats(1, Lanes.W);
      int perGroup = rows / groups;
      double loss = 0;
      for (int r = 0; r < rows; r++) {
        float weight = in[2].f().get(r);
        if (weight != 0f) {
          in[0].f().get(r * v, x, 0, v);
          in[1].f().get(r * v, p, 0, v);
          loss += (double) weight * row(x, p, v, weight, tmp);
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
  private static float row(float[] x, float[] p, int v, float weight, float[] tmp) {
    int end = Lanes.ceil(v);
    Arrays.fill(p, v, end, 0f);
    float top = CrossEntropyKernel.largest(x, v, tmp);
    FloatVector mass = FloatVector.zero(Lanes.F);
    for (int i = 0; i < end; i += Lanes.W) {
      mass = mass.add(FloatVector.fromArray(Lanes.F, p, i));
    }
    float total = Lanes.sum(mass, tmp);
    double expected = 0;
    for (int i = 0; i < v; i++) {
      expected += (double) p[i] * (x[i] - top);
    }
    float sum = CrossEntropyKernel.exponentials(x, v, top, tmp);
    float c = weight * total / sum;
    for (int i = 0; i < end; i += Lanes.W) {
      FloatVector target = FloatVector.fromArray(Lanes.F, p, i).mul(weight);
      FloatVector.fromArray(Lanes.F, x, i).mul(c).sub(target).intoArray(x, i);
    }
    return (float) (total * StrictMath.log(sum) - expected);
  }
}
