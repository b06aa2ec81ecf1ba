package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.ElementwiseKernels;

/** {@code scale * x} with a fixed number. */
public final class Scale extends GraphOp {
  private final float scale;

  private Scale(Graph g, SDVariable x, float scale) {
    super(g, "seal_scale(x [...]) -> [...]", () -> ElementwiseKernels.scale(scale), x);
    this.scale = scale;
  }

  public static SDVariable of(Graph g, SDVariable x, double scale) {
    return new Scale(g, x, (float) scale).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return of(needed[0] ? of(graph(), required(upstream), scale) : null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(scale)};
  }
}
