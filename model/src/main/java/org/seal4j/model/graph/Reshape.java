package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.Kernel;

/** The same elements under another shape. Costs nothing: the plan makes it a view. */
public final class Reshape extends GraphOp {
  private final long[] from;

  private Reshape(Graph g, SDVariable x, long... shape) {
    super(g, List.of(x), shape);
    this.from = g.shape(x);
    Checks.require(
        g.length(x) == g.length(output()),
        "%s of shape %s cannot be seen as %s",
        x.name(),
        Arrays.toString(from),
        Arrays.toString(shape));
  }

  public static SDVariable of(Graph g, SDVariable x, long... shape) {
    return new Reshape(g, x, shape).output();
  }

  @Override
  public String opName() {
    return "seal_reshape";
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return of(needed[0] ? of(graph(), required(upstream), from) : null);
  }

  @Override
  public @Nullable Kernel kernel() {
    return null;
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].reshape(outputShape(0))};
  }
}
