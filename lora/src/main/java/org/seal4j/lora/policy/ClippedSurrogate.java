package org.seal4j.lora.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.model.graph.GradientOp;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;

/**
 * The loss of GRPO over tokens (Shao et al. 2024, arXiv 2402.03300, equations 3 and 4): with {@code
 * ratio = exp(log p - log p_old)} and {@code x = log p_reference - log p}
 *
 * <pre>{@code
 * loss = sum_t w_t (-min(ratio_t a, clip(ratio_t, 1 - clip, 1 + clip) a) + kl (exp(x_t) - x_t - 1))
 * }</pre>
 *
 * <p>In nll, old and reference, negative log-likelihoods of each token {@code [rows]}, now, under
 * the policy that sampled, and under the reference; advantage {@code [1]}; weights {@code [rows]}.
 * Out loss {@code [1]}, and for those who look on ratio {@code [rows]} and the estimated divergence
 * {@code exp(x) - x - 1} of each token {@code [rows]}. Only nll has a gradient.
 */
final class ClippedSurrogate extends GraphOp {
  private final double clip;
  private final double kl;

  private ClippedSurrogate(Graph g, List<SDVariable> inputs, double clip, double kl) {
    super(
        g,
        """
        seal_clipped_surrogate(nll [rows], old [rows], reference [rows], advantage [1],
        weights [rows]) -> [1], [rows], [rows]""",
        () -> ClippedSurrogateKernel.forward(clip, kl),
        inputs.toArray(SDVariable[]::new));
    this.clip = clip;
    this.kl = kl;
  }

  /**
   * @param inputs nll, old, reference, advantage, weights
   * @param clip how far a ratio may leave 1, above 0; infinite for any way
   * @param kl weight of the divergence, at least 0
   * @return loss, ratio and divergence
   */
  static SDVariable[] of(Graph g, List<SDVariable> inputs, double clip, double kl) {
    return new ClippedSurrogate(g, inputs, clip, kl).outputVariables();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable up = required(upstream);
    return new @Nullable SDVariable[] {needed[0] ? byNll(up) : null, null, null, null, null};
  }

  private SDVariable byNll(SDVariable up) {
    return new GradientOp(
            graph(),
            """
            seal_clipped_surrogate_gradient(nll [rows], old [rows], reference [rows],
            advantage [1], weights [rows], dloss [1]) -> [rows]""",
            () -> ClippedSurrogateKernel.gradient(clip, kl),
            this::stockGradient,
            arg(0),
            arg(1),
            arg(2),
            arg(3),
            arg(4),
            up)
        .output();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long rows = outputShape(1)[0];
    SDVariable ratio = target.math().exp(in[1].sub(in[0]));
    SDVariable gain = ratio.mul(in[3]);
    SDVariable surrogate = gain;
    if (Double.isFinite(clip)) {
      surrogate = target.math().min(gain, clipped(target, ratio).mul(in[3]));
    }
    SDVariable x = in[0].sub(in[2]);
    SDVariable divergence = target.math().exp(x).sub(x).sub(1.0);
    SDVariable tokens = divergence.mul(kl).sub(surrogate).mul(in[4]);
    SDVariable loss = rows == 1 ? tokens : tokens.reshape(1, rows).sum(1);
    return new SDVariable[] {loss, ratio, divergence};
  }

  private SDVariable clipped(SameDiff target, SDVariable ratio) {
    return target.math().clipByValue(ratio, 1 - clip, 1 + clip);
  }

  private SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable ratio = target.math().exp(in[1].sub(in[0]));
    SDVariable slope = ratio.mul(in[3]);
    if (Double.isFinite(clip)) {
      SDVariable kept = slope.lte(clipped(target, ratio).mul(in[3])).castTo(DataType.FLOAT);
      slope = slope.mul(kept);
    }
    SDVariable pull = target.math().exp(in[0].sub(in[2])).sub(1.0).mul(kl);
    return new SDVariable[] {slope.add(pull).mul(in[4]).mul(in[5])};
  }
}
