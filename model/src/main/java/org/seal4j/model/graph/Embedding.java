package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.EmbeddingKernels;
import org.seal4j.model.kernel.Kernel;

/**
 * Row look-up: table {@code [v, d]}, ids {@code [rows]} int32; out {@code [rows, d]}. SameDiff's
 * own gather has a wrong gradient where an id repeats (M2.1), ours adds the rows in order.
 */
public final class Embedding extends GraphOp {

  private Embedding(Graph g, SDVariable table, SDVariable ids) {
    super(g, List.of(table, ids), new long[] {g.length(ids), g.width(table)});
    Checks.require(
        g.shape(table).length == 2,
        "embedding table %s must be [v, d] but is %s",
        table.name(),
        Arrays.toString(g.shape(table)));
  }

  public static SDVariable of(Graph g, SDVariable table, SDVariable ids) {
    return new Embedding(g, table, ids).output();
  }

  @Override
  public String opName() {
    return "seal_embedding";
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dtable = null;
    if (needed[0]) {
      dtable = new Gradient(graph(), required(upstream), arg(1), graph().shape(arg(0))).output();
    }
    return of(dtable, null);
  }

  @Override
  public Kernel kernel() {
    return EmbeddingKernels.gather();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {target.gather(in[0], in[1], 0)};
  }

  private static final class Gradient extends GradientOp {
    Gradient(Graph g, SDVariable dy, SDVariable ids, long[] shape) {
      super(g, List.of(dy, ids), shape);
    }

    @Override
    public String opName() {
      return "seal_embedding_gradient";
    }

    @Override
    public Kernel kernel() {
      return EmbeddingKernels.scatterAdd();
    }

    @Override
    public SDVariable[] stock(SameDiff target, SDVariable[] in) {
      SDVariable hot = Stock.oneHot(target, in[1], outputShape(0)[0]);
      return new SDVariable[] {target.mmul(hot, in[0], true, false, false)};
    }
  }
}
