package org.seal4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.LowRankKernel;

/**
 * {@code y + (scale * (x a)) b} for n equal groups of few rows, in y's place: y {@code [n * m,
 * out]}, x {@code [n * m, in]}, a {@code [n, in, r]}, b {@code [n, r, out]}. The bits of a row do
 * not depend on how many others stand beside it. For decoding with adapters; it has no gradient.
 */
public final class LowRankAdd extends GraphOp implements InPlace {
  private final float scale;

  private LowRankAdd(Graph g, List<SDVariable> inputs, float scale) {
    super(
        g,
        "seal_low_rank_add(y [n*m, l], x [n*m, k], a [n, k, r], b [n, r, l]) -> [n*m, l]",
        () -> LowRankKernel.of(scale),
        inputs.toArray(SDVariable[]::new));
    this.scale = scale;
  }

  /**
   * @param inputs y, which nothing else reads; x, a, b
   */
  public static SDVariable of(Graph g, List<SDVariable> inputs, double scale) {
    return new LowRankAdd(g, inputs, (float) scale).output();
  }

  @Override
  public int inputOf(int output) {
    return 0;
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long groups = graph().shape(arg(2))[0];
    long[] x = graph().shape(arg(1));
    SDVariable grouped = in[1].reshape(groups, x[0] / groups, x[1]);
    SDVariable low = target.mmul(grouped, in[2], false, false, false).mul(scale);
    SDVariable delta = target.mmul(low, in[3], false, false, false);
    return new SDVariable[] {in[0].add(delta.reshape(outputShape(0)))};
  }
}
