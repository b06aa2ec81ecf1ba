package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.SoftCrossEntropyKernel;

/**
 * Weighted cross-entropy against distributions instead of tokens, for distillation: where the
 * targets are a teacher's probabilities its gradient is that of KL(teacher, model).
 *
 * <p>In logits {@code [rows, v]}, targets {@code [rows, v]}, weights {@code [rows]}; out loss
 * {@code [groups]} and dlogits {@code [rows, v]}, the gradient of the sum of the losses, made in
 * the same pass. No gradient by targets or weights is built.
 */
public final class SoftCrossEntropy extends GraphOp {
  private final int groups;

  private SoftCrossEntropy(Graph g, List<SDVariable> inputs, int groups) {
    super(
        g,
        """
        seal_soft_cross_entropy(logits [%1$s*m, v], targets [%1$s*m, v], weights [%1$s*m])
        -> [%1$s], [%1$s*m, v]"""
            .formatted(groups),
        () -> SoftCrossEntropyKernel.of(groups),
        inputs.toArray(SDVariable[]::new));
    this.groups = groups;
  }

  /**
   * @param inputs logits, targets, weights
   * @return loss and dlogits
   */
  public static SDVariable[] of(Graph g, List<SDVariable> inputs, int groups) {
    return new SoftCrossEntropy(g, inputs, groups).outputVariables();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable own = outputVariables()[1];
    SDVariable up = required(upstream);
    return of(CrossEntropy.scaleGroups(graph(), own, up), null, null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long rows = outputShape(1)[0];
    SDVariable weights = in[2].reshape(rows, 1);
    // logSoftmax is written out: SameDiff saves its own but cannot load it (M2.1).
    SDVariable shifted = in[0].sub(in[0].max(true, 1));
    SDVariable exp = target.math().exp(shifted);
    SDVariable sum = exp.sum(true, 1);
    SDVariable mass = in[1].sum(true, 1);
    SDVariable expected = shifted.mul(in[1]).sum(true, 1);
    SDVariable entropy = target.math().log(sum).mul(mass).sub(expected).reshape(rows);
    SDVariable weighted = entropy.mul(in[2]);
    SDVariable loss = rows == groups ? weighted : weighted.reshape(groups, rows / groups).sum(1);
    return new SDVariable[] {loss, exp.div(sum).mul(mass).sub(in[1]).mul(weights)};
  }
}
