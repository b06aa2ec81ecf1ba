package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.RmsNormKernels;

/**
 * {@code x / sqrt(mean(x^2) + eps) * gain} on every row: x {@code [rows, d]}, gain {@code [d]}
 * (Zhang and Sennrich 2019).
 */
public final class RmsNorm extends GraphOp {
  private final float eps;

  private RmsNorm(Graph g, SDVariable x, SDVariable gain, float eps) {
    super(
        g,
        "seal_rms_norm(x [rows, d], gain [d]) -> [rows, d]",
        () -> RmsNormKernels.forward(eps),
        x,
        gain);
    this.eps = eps;
  }

  public static SDVariable of(Graph g, SDVariable x, SDVariable gain, double eps) {
    return new RmsNorm(g, x, gain, (float) eps).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return sides(
        needed,
        () ->
            new GradientOp(
                graph(),
                "seal_rms_norm_gradient(x [rows, d], gain [d], dy [rows, d]) -> [rows, d], [d]",
                () -> RmsNormKernels.gradient(eps),
                this::stockGradient,
                arg(0),
                arg(1),
                required(upstream)));
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(inverseRms(target, in[0])).mul(in[1])};
  }

  private SDVariable inverseRms(SameDiff target, SDVariable x) {
    return target.math().rsqrt(Stock.meanLast(x.mul(x), outputShape(0)[1]).add(eps));
  }

  private SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable inverse = inverseRms(target, in[0]);
    SDVariable normal = in[0].mul(inverse);
    SDVariable dn = in[2].mul(in[1]);
    long[] shape = outputShape(0);
    SDVariable along = Stock.meanLast(dn.mul(normal), shape[1]);
    SDVariable dx = dn.sub(normal.mul(along)).mul(inverse);
    return new SDVariable[] {dx, Stock.sumRows(in[2].mul(normal), shape[0])};
  }
}
