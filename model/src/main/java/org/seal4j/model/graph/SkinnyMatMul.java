package org.seal4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.SkinnyGemm;

/**
 * {@code x w^T} for few rows: x {@code [m, k]}, w {@code [n, k]}; out {@code [m, n]}. The bits of a
 * row do not depend on how many others stand beside it, which {@link MatMul} does not promise. For
 * decoding; it has no gradient.
 */
public final class SkinnyMatMul extends GraphOp {
  private SkinnyMatMul(Graph g, SDVariable x, SDVariable w) {
    super(g, "seal_skinny_matmul(x [m, k], w [n, k]) -> [m, n]", SkinnyGemm::kernel, x, w);
  }

  public static SDVariable of(Graph g, SDVariable x, SDVariable w) {
    return new SkinnyMatMul(g, x, w).output();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {target.mmul(in[0], in[1], false, true, false)};
  }
}
