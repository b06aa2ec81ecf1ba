package org.seal4j.lora.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.graph.GradientOp;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;

/**
 * The loss of DPO for one pair (Rafailov et al. 2023, arXiv 2305.18290, equation 7), of which the
 * graph sees one text: with {@code margin = offset + sum_t sign_t (log p_t - log p_reference,t)}
 *
 * <pre>{@code
 * loss = scale * -log sigmoid(beta * margin)
 * }</pre>
 *
 * <p>In nll and reference, negative log-likelihoods of each token {@code [rows]}, now and under the
 * reference; signs {@code [rows]}, above 0 in the preferred text, below 0 in the other, 0 where no
 * token is; offset {@code [1]}, the margin of the pair's other texts, which the gradients of a pair
 * text by text add up with; scale {@code [1]}. Out loss {@code [1]} and margin {@code [1]}. Only
 * nll has a gradient.
 */
final class PreferenceLoss extends GraphOp {
  private final double beta;

  private PreferenceLoss(Graph g, List<SDVariable> inputs, double beta) {
    super(
        g,
        """
        seal_preference_loss(nll [rows], reference [rows], signs [rows], offset [1], scale [1])
        -> [1], [1]""",
        () -> PreferenceKernel.forward(beta),
        inputs.toArray(SDVariable[]::new));
    this.beta = beta;
  }

  /**
   * @param inputs nll, reference, signs, offset, scale
   * @param beta how sharply a margin counts, above 0
   * @return loss and margin
   */
  static SDVariable[] of(Graph g, List<SDVariable> inputs, double beta) {
    return new PreferenceLoss(g, inputs, beta).outputVariables();
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
            seal_preference_gradient(margin [1], signs [rows], scale [1], dloss [1])
            -> [rows]""",
            () -> PreferenceKernel.gradient(beta),
            this::stockGradient,
            outputVariables()[1],
            arg(2),
            arg(4),
            up)
        .output();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    SDVariable tokens = in[1].sub(in[0]).mul(in[2]);
    long rows = graph().shape(arg(0))[0];
    SDVariable own = rows == 1 ? tokens : tokens.reshape(1, rows).sum(1);
    SDVariable margin = own.add(in[3]);
    SDVariable x = margin.mul(-beta);
    SDVariable top = target.math().max(x, x.mul(0.0));
    SDVariable low = target.math().exp(target.math().abs(x).mul(-1.0));
    SDVariable softplus = target.math().log(low.add(1.0)).add(top);
    return new SDVariable[] {softplus.mul(in[4]), margin};
  }

  private SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable wrong = target.nn().sigmoid(in[0].mul(-beta));
    return new SDVariable[] {in[1].mul(wrong.mul(beta).mul(in[2]).mul(in[3]))};
  }
}
