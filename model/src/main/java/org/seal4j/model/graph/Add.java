package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.ElementwiseKernels;

/** {@code a + scale * b}, both of one shape: residual connections, gradient sums, LoRA deltas. */
public final class Add extends GraphOp {
  private final float scale;

  private Add(Graph g, SDVariable a, SDVariable b, float scale) {
    super(
        g,
        "seal_add_scaled(a [...], b [...]) -> [...]",
        () -> ElementwiseKernels.addScaled(scale),
        a,
        b);
    this.scale = scale;
  }

  /** {@code a + b}. */
  public static SDVariable of(Graph g, SDVariable a, SDVariable b) {
    return new Add(g, a, b, 1f).output();
  }

  /** {@code a + scale * b}. */
  public static SDVariable scaled(Graph g, SDVariable a, SDVariable b, double scale) {
    return new Add(g, a, b, (float) scale).output();
  }

  /** Whether it is {@code a + b}. */
  public boolean isPlain() {
    return scale == 1f;
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dy = required(upstream);
    return of(
        needed[0] ? dy : null,
        needed[1] ? (scale == 1f ? dy : Scale.of(graph(), dy, scale)) : null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].add(scale == 1f ? in[1] : in[1].mul(scale))};
  }
}
