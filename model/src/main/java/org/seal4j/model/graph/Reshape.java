package org.seal4j.model.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;

/** The same elements under another shape. Costs nothing: the plan makes it a view. */
public final class Reshape extends GraphOp {
  private final long[] from;

  private Reshape(Graph g, SDVariable x, long... shape) {
    super(g, "seal_reshape(x [...]) -> " + Arrays.toString(shape), () -> null, x);
    this.from = g.shape(x);
  }

  public static SDVariable of(Graph g, SDVariable x, long... shape) {
    Checks.require(
        Arrays.stream(shape).allMatch(size -> size >= 1)
            && Arrays.stream(shape).reduce(1, (a, b) -> a * b) == g.length(x),
        "reshape: %s cannot be seen as %s",
        g.text(x),
        Arrays.toString(shape));
    return new Reshape(g, x, shape).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return of(needed[0] ? of(graph(), required(upstream), from) : null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].reshape(outputShape(0))};
  }
}
