package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.SwiGluKernels;

/** {@code gate * sigmoid(gate) * up} (Shazeer 2020), gate and up of one shape. */
public final class SwiGlu extends GraphOp {

  private SwiGlu(Graph g, SDVariable gate, SDVariable up) {
    super(g, "seal_swiglu(gate [...], up [...]) -> [...]", SwiGluKernels::forward, gate, up);
  }

  public static SDVariable of(Graph g, SDVariable gate, SDVariable up) {
    return new SwiGlu(g, gate, up).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return sides(
        needed,
        () ->
            new GradientOp(
                graph(),
                "seal_swiglu_gradient(gate [...], up [...], dy [...]) -> [...], [...]",
                SwiGluKernels::gradient,
                SwiGlu::stockGradient,
                arg(0),
                arg(1),
                required(upstream)));
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(target.nn().sigmoid(in[0])).mul(in[1])};
  }

  private static SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable s = target.nn().sigmoid(in[0]);
    SDVariable silu = in[0].mul(s);
    SDVariable slope = s.add(silu.mul(s.rsub(1.0)));
    return new SDVariable[] {in[2].mul(in[1]).mul(slope), in[2].mul(silu)};
  }
}
