package org.seal4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.LowRankKernel;

/**
 * {@link LowRankAdd} in which every row names its adapter: {@code y_i + (scale_j * (x_i a_j)) b_j}
 * with j = {@code adapter[i]}, in y's place. y {@code [m, out]}, x {@code [m, in]}, a {@code [n,
 * in, r]}, b {@code [n, r, out]}, scale {@code [n]}, adapter {@code [m]} int32. A row of adapter
 * -1, or of one whose scale is 0, stays as it is.
 *
 * <p>A row has the bits that it has in {@link LowRankAdd} with its adapter alone. An adapter of a
 * smaller rank is filled up with zeros, which changes no bit of a number other than 0. It has no
 * gradient.
 */
public final class RowLowRankAdd extends GraphOp implements InPlace {
  private RowLowRankAdd(Graph g, List<SDVariable> inputs) {
    super(
        g,
        """
        seal_row_low_rank_add(y [m, l], x [m, k], a [n, k, r], b [n, r, l], scale [n],
        adapter int32 [m]) -> [m, l]""",
        LowRankKernel::byRow,
        inputs.toArray(SDVariable[]::new));
  }

  /**
   * @param inputs y, which nothing else reads; x, a, b, scale, adapter
   */
  public static SDVariable of(Graph g, List<SDVariable> inputs) {
    return new RowLowRankAdd(g, inputs).output();
  }

  @Override
  public int inputOf(int output) {
    return 0;
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long[] a = graph().shape(arg(2));
    long m = graph().shape(arg(1))[0];
    long out = outputShape(0)[1];
    SDVariable hot = Stock.oneHot(target, in[5], a[0]);
    SDVariable ownA = hot.mmul(in[2].reshape(a[0], a[1] * a[2])).reshape(m, a[1], a[2]);
    SDVariable ownB = hot.mmul(in[3].reshape(a[0], a[2] * out)).reshape(m, a[2], out);
    SDVariable scale = hot.mmul(in[4].reshape(a[0], 1)).reshape(m, 1, 1);
    SDVariable x = in[1].reshape(m, 1, a[1]);
    SDVariable low = target.mmul(x, ownA, false, false, false).mul(scale);
    SDVariable delta = target.mmul(low, ownB, false, false, false);
    return new SDVariable[] {in[0].add(delta.reshape(m, out))};
  }
}
