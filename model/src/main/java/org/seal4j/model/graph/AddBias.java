package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.ElementwiseKernels;
import org.seal4j.model.kernel.Kernel;

/** {@code x + bias} on every row: x {@code [rows, d]}, bias {@code [d]}. */
public final class AddBias extends GraphOp {

  private AddBias(Graph g, SDVariable x, SDVariable bias) {
    super(g, List.of(x, bias), g.shape(x));
    Checks.require(
        g.width(x) == g.length(bias),
        "a bias of %d numbers does not fit rows of %d (%s)",
        g.length(bias),
        g.width(x),
        x.name());
  }

  public static SDVariable of(Graph g, SDVariable x, SDVariable bias) {
    return new AddBias(g, x, bias).output();
  }

  @Override
  public String opName() {
    return "seal_add_bias";
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dy = required(upstream);
    return of(
        needed[0] ? dy : null,
        needed[1] ? new SumRows(graph(), dy, graph().shape(arg(1))).output() : null);
  }

  @Override
  public Kernel kernel() {
    return ElementwiseKernels.addBias();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].add(in[1])};
  }

  /** Sum over rows: the bias gradient. */
  private static final class SumRows extends GraphOp {
    SumRows(Graph g, SDVariable x, long[] shape) {
      super(g, List.of(x), shape);
    }

    @Override
    public String opName() {
      return "seal_sum_rows";
    }

    @Override
    public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
      throw new UnsupportedOperationException("no second derivatives");
    }

    @Override
    public Kernel kernel() {
      return ElementwiseKernels.sumRows();
    }

    @Override
    public SDVariable[] stock(SameDiff target, SDVariable[] in) {
      return new SDVariable[] {Stock.sumRows(in[0], graph().shape(arg(0))[0])};
    }
  }
}
