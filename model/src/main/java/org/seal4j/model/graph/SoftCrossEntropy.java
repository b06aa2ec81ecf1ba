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
    return Stock.crossEntropy(target, in[0], in[1], in[2], outputShape(1)[0], groups);
  }
}
