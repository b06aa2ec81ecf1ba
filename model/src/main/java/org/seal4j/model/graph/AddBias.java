package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.ElementwiseKernels;

/** {@code x + bias} on every row: x {@code [rows, d]}, bias {@code [d]}. */
public final class AddBias extends GraphOp {

  private AddBias(Graph g, SDVariable x, SDVariable bias) {
    super(
        g,
        "seal_add_bias(x [rows, d], bias [d]) -> [rows, d]",
        ElementwiseKernels::addBias,
        x,
        bias);
  }

  public static SDVariable of(Graph g, SDVariable x, SDVariable bias) {
    return new AddBias(g, x, bias).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dy = required(upstream);
    return of(needed[0] ? dy : null, needed[1] ? sumRows(dy) : null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].add(in[1])};
  }

  private SDVariable sumRows(SDVariable dy) {
    return new GradientOp(
            graph(),
            "seal_sum_rows(dy [rows, d]) -> [d]",
            ElementwiseKernels::sumRows,
            (target, in) -> new SDVariable[] {Stock.sumRows(in[0], outputShape(0)[0])},
            dy)
        .output();
  }
}
