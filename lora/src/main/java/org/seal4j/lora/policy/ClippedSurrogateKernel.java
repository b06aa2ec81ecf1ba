package org.seal4j.lora.policy;

import org.jspecify.annotations.Nullable;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.kernel.Tensor;

/** The loss of GRPO token by token, as {@link ClippedSurrogate} says; sums in double. */
final class ClippedSurrogateKernel {
  private final double clip;
  private final double kl;

  private ClippedSurrogateKernel(double clip, double kl) {
    this.clip = clip;
    this.kl = kl;
  }

  /** In nll, old, reference, advantage, weights; out loss, ratio, divergence. */
  static Kernel forward(double clip, double kl) {
    ClippedSurrogateKernel kernel = new ClippedSurrogateKernel(clip, kl);
    return (in, out, scratch) -> kernel.loss(in, out);
  }

  /** In the same and dloss; out the gradient by nll. */
  static Kernel gradient(double clip, double kl) {
    ClippedSurrogateKernel kernel = new ClippedSurrogateKernel(clip, kl);
    return (in, out, scratch) -> kernel.gradient(in, out);
  }

  private void loss(Tensor[] in, @Nullable Tensor[] out) {
    double advantage = in[3].f().get(0);
    double loss = 0;
    for (int i = 0; i < in[0].length(); i++) {
      double ratio = ratio(in, i);
      double x = lag(in, i);
      double divergence = StrictMath.exp(x) - x - 1;
      double weight = in[4].f().get(i);
      if (weight != 0) {
        loss +=
            weight * (kl * divergence - Math.min(ratio * advantage, clipped(ratio) * advantage));
      }
      write(out[1], i, ratio);
      write(out[2], i, divergence);
    }
    write(out[0], 0, loss);
  }

  private void gradient(Tensor[] in, @Nullable Tensor[] out) {
    double advantage = in[3].f().get(0);
    double up = in[5].f().get(0);
    for (int i = 0; i < in[0].length(); i++) {
      double weight = in[4].f().get(i);
      double slope = 0;
      if (weight != 0) {
        double ratio = ratio(in, i);
        boolean kept = ratio * advantage <= clipped(ratio) * advantage;
        slope = (kept ? ratio * advantage : 0) + kl * (StrictMath.exp(lag(in, i)) - 1);
      }
      write(out[0], i, up * weight * slope);
    }
  }

  private static double ratio(Tensor[] in, int i) {
    return StrictMath.exp((double) in[1].f().get(i) - in[0].f().get(i));
  }

  /** By how much the reference holds a token for likelier, in nats. */
  private static double lag(Tensor[] in, int i) {
    return (double) in[0].f().get(i) - in[2].f().get(i);
  }

  private double clipped(double ratio) {
    return Math.max(1 - clip, Math.min(1 + clip, ratio));
  }

  private static void write(@Nullable Tensor out, int at, double value) {
    if (out != null) {
      out.f().put(at, (float) value);
    }
  }
}
