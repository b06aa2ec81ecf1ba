package org.seal4j.lora.policy;

import org.jspecify.annotations.Nullable;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.kernel.Tensor;

/** The loss of DPO, as {@link PreferenceLoss} says; sums in double. */
final class PreferenceKernel {
  private PreferenceKernel() {}

  /** In nll, reference, signs, offset, scale; out loss, margin. */
  static Kernel forward(double beta) {
    return (in, out, scratch) -> {
      double margin = in[3].f().get(0);
      for (int i = 0; i < in[0].length(); i++) {
        double sign = in[2].f().get(i);
        if (sign != 0) {
          margin += sign * ((double) in[1].f().get(i) - in[0].f().get(i));
        }
      }
      write(out[0], in[4].f().get(0) * softplus(-beta * margin));
      write(out[1], margin);
    };
  }

  /** In margin, signs, scale, dloss; out the gradient by nll. */
  static Kernel gradient(double beta) {
    return (in, out, scratch) -> {
      Tensor gradient = out[0];
      double wrong = 1 / (1 + StrictMath.exp(beta * in[0].f().get(0)));
      double factor = beta * wrong * in[2].f().get(0) * in[3].f().get(0);
      for (int i = 0; gradient != null && i < in[1].length(); i++) {
        gradient.f().put(i, (float) (factor * in[1].f().get(i)));
      }
    };
  }

  /** {@code log(1 + exp(x))}. */
  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static void write(@Nullable Tensor out, double value) {
    if (out != null) {
      out.f().put(0, (float) value);
    }
  }
}
