package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.SoftCapKernels;

/**
 * {@code cap * tanh(x / cap)} with a fixed number: what is small stays as it is, and nothing is
 * beyond the cap (Bello et al. 2016; logits of Gemma 2).
 */
public final class SoftCap extends GraphOp {
  private final float cap;

  private SoftCap(Graph g, SDVariable x, float cap) {
    super(g, "seal_soft_cap(x [...]) -> [...]", () -> SoftCapKernels.forward(cap), x);
    this.cap = cap;
  }

  /**
   * @param cap above 0
   */
  public static SDVariable of(Graph g, SDVariable x, double cap) {
    Checks.require(cap > 0, "a cap must be > 0 but was %s", cap);
    return new SoftCap(g, x, (float) cap).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return sides(
        needed,
        () ->
            new GradientOp(
                graph(),
                "seal_soft_cap_gradient(y [...], dy [...]) -> [...]",
                () -> SoftCapKernels.gradient(cap),
                this::stockGradient,
                output(),
                required(upstream)));
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {Stock.capped(target, in[0], cap)};
  }

  private SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[1].mul(Stock.capSlope(in[0], cap))};
  }
}
