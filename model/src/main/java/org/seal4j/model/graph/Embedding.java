package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.EmbeddingKernels;

/**
 * Row look-up: table {@code [v, d]}, ids {@code [rows]} int32; out {@code [rows, d]}. SameDiff's
 * own gather has a wrong gradient where an id repeats (M2.1), ours adds the rows in order.
 */
public final class Embedding extends GraphOp {

  private Embedding(Graph g, SDVariable table, SDVariable ids) {
    super(
        g,
        "seal_embedding(table [v, d], ids int32 [rows]) -> [rows, d]",
        EmbeddingKernels::gather,
        table,
        ids);
  }

  public static SDVariable of(Graph g, SDVariable table, SDVariable ids) {
    return new Embedding(g, table, ids).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return of(needed[0] ? gradientOfTable(required(upstream)) : null, null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {target.gather(in[0], in[1], 0)};
  }

  private SDVariable gradientOfTable(SDVariable dy) {
    long v = graph().shape(arg(0))[0];
    return new GradientOp(
            graph(),
            "seal_embedding_gradient(dy [rows, d], ids int32 [rows]) -> [%s, d]".formatted(v),
            EmbeddingKernels::scatterAdd,
            (target, in) -> {
              SDVariable hot = Stock.oneHot(target, in[1], v);
              return new SDVariable[] {target.mmul(hot, in[0], true, false, false)};
            },
            dy,
            arg(1))
        .output();
  }
}
