package org.seal4j.model.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Weighted cross-entropy over rows of logits, with its gradient in the same pass.
 *
 * <p>In logits {@code [rows, v]}, targets {@code [rows]} int32, weights {@code [rows]}; out loss
 * {@code [groups]} (sum over the group's consecutive rows of weight times negative log-likelihood),
 * nll {@code [rows]} (unweighted; 0 where the weight is 0), dlogits {@code [rows, v]} (gradient of
 * the sum of all losses). Rows of weight 0 cost nothing.
 */
public final class CrossEntropyKernel {
  private CrossEntropyKernel() {}

  public static Kernel of(int groups) {
    return (in, out, scratch) -> {
      int rows = in[1].length();
      int v = in[0].length() / rows;
      float[] x = scratch.floats(0, Lanes.ceil(v));
      float[] tmp = scratch.floats(1, Lanes.W);
      Tensor nll = out[1];
      Tensor gradient = out[2];
      int perGroup = rows / groups;
      double loss = 0;
      for (int r = 0; r < rows; r++) {
        float weight = in[2].f().get(r);
        float rowLoss = 0f;
        if (weight != 0f) {
          in[0].f().get(r * v, x, 0, v);
          rowLoss = row(x, v, target(in, r, v), gradient == null ? 0f : weight, tmp);
          loss += (double) weight * rowLoss;
        } else if (gradient != null) {
          Arrays.fill(x, 0, v, 0f);
        }
        write(nll, r, rowLoss);
        Tensor.put(gradient, r * v, x, v);
        if ((r + 1) % perGroup == 0) {
          write(out[0], r / perGroup, (float) loss);
          loss = 0;
        }
      }
    };
  }

  /** In x {@code [rows, v]}, factors {@code [groups]}; out each group's rows times its factor. */
  public static Kernel scaleGroups() {
    return (in, out, scratch) -> {
      int groups = in[1].length();
      int size = in[0].length() / groups;
      for (int i = 0; i < groups; i++) {
        float factor = in[1].f().get(i);
        for (int j = i * size; j < (i + 1) * size; j++) {
          out[0].f().put(j, in[0].f().get(j) * factor);
        }
      }
    };
  }

  private static int target(Tensor[] in, int row, int v) {
    int target = in[1].i().get(row);
    if (target < 0 || target >= v) {
      throw new IllegalStateException(
          "row " + row + " has target " + target + " but there are " + v + " logits");
    }
    return target;
  }

  static void write(@Nullable Tensor out, int at, float value) {
    if (out != null) {
      out.f().put(at, value);
    }
  }

  /** Negative log-likelihood of the target; where weight is not 0, x becomes weight * dnll/dx. */
  private static float row(float[] x, int v, int target, float weight, float[] tmp) {
    int end = Lanes.ceil(v);
    float top = largest(x, v, tmp);
    float atTarget = x[target] - top;
    float sum = exponentials(x, v, top, tmp);
    if (weight != 0f) {
      float c = weight / sum;
      for (int i = 0; i < end; i += Lanes.W) {
        FloatVector.fromArray(Lanes.F, x, i).mul(c).intoArray(x, i);
      }
      x[target] -= weight;
    }
    return (float) (StrictMath.log(sum) - atTarget);
  }

  /** The largest of the first v numbers; what pads them to whole lanes becomes minus infinity. */
  static float largest(float[] x, int v, float[] tmp) {
    int end = Lanes.ceil(v);
    Arrays.fill(x, v, end, Float.NEGATIVE_INFINITY);
    FloatVector max = FloatVector.broadcast(Lanes.F, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < end; i += Lanes.W) {
      max = max.max(FloatVector.fromArray(Lanes.F, x, i));
    }
    return Lanes.max(max, tmp);
  }

  /** Replaces each x by {@code exp(x - top)} and returns the sum; padded as by {@link #largest}. */
  static float exponentials(float[] x, int v, float top, float[] tmp) {
    FloatVector acc = FloatVector.zero(Lanes.F);
    for (int i = 0; i < Lanes.ceil(v); i += Lanes.W) {
      FloatVector e = Lanes.exp(FloatVector.fromArray(Lanes.F, x, i).sub(top));
      e.intoArray(x, i);
      acc = acc.add(e);
    }
    return Lanes.sum(acc, tmp);
  }
}
