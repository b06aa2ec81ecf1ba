package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.SparseCrossEntropyKernel;

/**
 * Weighted cross-entropy against the few likeliest tokens of a teacher, for context distillation:
 * {@code -sum_k p_k log q[id_k]} with {@code q} the softmax of all logits. With all of a teacher's
 * tokens it is {@link SoftCrossEntropy}, with one token of probability 1 {@link CrossEntropy}.
 *
 * <p>In logits {@code [rows, v]}, ids {@code [rows, k]} int32, probabilities {@code [rows, k]},
 * weights {@code [rows]}; out loss {@code [groups]} and dlogits {@code [rows, v]}, the gradient of
 * the sum of the losses, made in the same pass. No gradient by probabilities or weights is built.
 */
public final class SparseCrossEntropy extends GraphOp {
  private final int groups;

  private SparseCrossEntropy(Graph g, List<SDVariable> inputs, int groups) {
    super(
        g,
        """
        seal_sparse_cross_entropy(logits [%1$s*m, v], ids int32 [%1$s*m, k],
        probabilities [%1$s*m, k], weights [%1$s*m]) -> [%1$s], [%1$s*m, v]"""
            .formatted(groups),
        () -> SparseCrossEntropyKernel.of(groups),
        inputs.toArray(SDVariable[]::new));
    this.groups = groups;
  }

  /**
   * @param inputs logits, ids, probabilities, weights
   * @return loss and dlogits
   */
  public static SDVariable[] of(Graph g, List<SDVariable> inputs, int groups) {
    return new SparseCrossEntropy(g, inputs, groups).outputVariables();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable own = outputVariables()[1];
    SDVariable up = required(upstream);
    return of(CrossEntropy.scaleGroups(graph(), own, up), null, null, null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long rows = outputShape(1)[0];
    long v = outputShape(1)[1];
    SDVariable hot = Stock.oneHot(target, in[1].reshape(-1), v).reshape(rows, -1, v);
    SDVariable targets = hot.mul(in[2].reshape(rows, -1, 1)).sum(1);
    return Stock.crossEntropy(target, in[0], targets, in[3], outputShape(1)[0], groups);
  }
}
