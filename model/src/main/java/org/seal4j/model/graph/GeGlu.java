package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.GeGluKernels;

/**
 * {@code gelu(gate) * up} (Shazeer 2020), gate and up of one shape. GELU is its approximation by
 * tanh (Hendrycks and Gimpel 2016), {@code gate / (1 + exp(-2 y))} with {@code y = sqrt(2 / pi)
 * (gate + 0.044715 gate^3)}.
 */
public final class GeGlu extends GraphOp {

  private GeGlu(Graph g, SDVariable gate, SDVariable up) {
    super(g, "seal_geglu(gate [...], up [...]) -> [...]", GeGluKernels::forward, gate, up);
  }

  public static SDVariable of(Graph g, SDVariable gate, SDVariable up) {
    return new GeGlu(g, gate, up).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return sides(
        needed,
        () ->
            new GradientOp(
                graph(),
                "seal_geglu_gradient(gate [...], up [...], dy [...]) -> [...], [...]",
                GeGluKernels::gradient,
                GeGlu::stockGradient,
                arg(0),
                arg(1),
                required(upstream)));
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(sigmoid(target, in[0])).mul(in[1])};
  }

  /** {@code sigmoid(2 y)}, so that gelu is the gate times it. */
  private static SDVariable sigmoid(SameDiff target, SDVariable gate) {
    SDVariable square = gate.mul(gate);
    SDVariable twice =
        gate.mul(square.mul(GeGluKernels.CUBE).add(1.0)).mul(GeGluKernels.TWICE_ROOT);
    return target.nn().sigmoid(twice);
  }

  private static SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable s = sigmoid(target, in[0]);
    SDVariable gelu = in[0].mul(s);
    SDVariable square = in[0].mul(in[0]);
    SDVariable inner = square.mul(3.0 * GeGluKernels.CUBE).add(1.0).mul(GeGluKernels.TWICE_ROOT);
    SDVariable slope = s.add(gelu.mul(s.rsub(1.0)).mul(inner));
    return new SDVariable[] {in[2].mul(in[1]).mul(slope), in[2].mul(gelu)};
  }
}
