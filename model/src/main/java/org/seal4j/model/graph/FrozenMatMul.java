package org.seal4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.FrozenGemm;
import org.seal4j.model.kernel.FrozenWeight;

/**
 * {@code x w^T} with a weight of fewer bits: x {@code [m, k]}, w {@code [n, k]}; out {@code [m,
 * n]}. The bits of a row do not depend on how many others stand beside it. The weight is part of
 * the op and no variable; it has no gradient.
 */
public final class FrozenMatMul extends GraphOp {
  private final FrozenWeight weight;

  private FrozenMatMul(Graph g, SDVariable x, FrozenWeight weight) {
    super(
        g,
        "seal_frozen_matmul(x [m, %d]) -> [m, %d]".formatted(weight.inputs(), weight.outputs()),
        () -> FrozenGemm.of(weight),
        x);
    this.weight = weight;
  }

  public static SDVariable of(Graph g, SDVariable x, FrozenWeight weight) {
    return new FrozenMatMul(g, x, weight).output();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    int n = weight.outputs();
    SDVariable w =
        target.constant(Nd4j.createFromArray(weight.widened()).reshape('c', n, weight.inputs()));
    return new SDVariable[] {target.mmul(in[0], w, false, true, false)};
  }
}
