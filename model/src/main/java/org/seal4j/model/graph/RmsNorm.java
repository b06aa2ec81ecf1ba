package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.kernel.RmsNormKernels;

/**
 * {@code x / sqrt(mean(x^2) + eps) * gain} on every row: x {@code [rows, d]}, gain {@code [d]}
 * (Zhang and Sennrich 2019).
 */
public final class RmsNorm extends GraphOp {
  private final float eps;

  private RmsNorm(Graph g, SDVariable x, SDVariable gain, float eps) {
    super(g, List.of(x, gain), g.shape(x));
    Checks.require(
        g.shape(x).length == 2 && g.width(x) == g.length(gain),
        "a gain of %d numbers does not fit %s of shape %s",
        g.length(gain),
        x.name(),
        Arrays.toString(g.shape(x)));
    this.eps = eps;
  }

  public static SDVariable of(Graph g, SDVariable x, SDVariable gain, double eps) {
    return new RmsNorm(g, x, gain, (float) eps).output();
  }

  @Override
  public String opName() {
    return "seal_rms_norm";
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    if (!needed[0] && !needed[1]) {
      return of(null, null);
    }
    return new Gradient(this, required(upstream)).only(needed);
  }

  @Override
  public Kernel kernel() {
    return RmsNormKernels.forward(eps);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(inverseRms(target, in[0])).mul(in[1])};
  }

  private SDVariable inverseRms(SameDiff target, SDVariable x) {
    return target.math().rsqrt(Stock.meanLast(x.mul(x), outputShape(0)[1]).add(eps));
  }

  private static final class Gradient extends GradientOp {
    private final RmsNorm forward;

    Gradient(RmsNorm f, SDVariable dy) {
      super(
          f.graph(), List.of(f.arg(0), f.arg(1), dy), f.outputShape(0), f.graph().shape(f.arg(1)));
      this.forward = f;
    }

    @Override
    public String opName() {
      return "seal_rms_norm_gradient";
    }

    @Override
    public Kernel kernel() {
      return RmsNormKernels.gradient(forward.eps);
    }

    @Override
    public SDVariable[] stock(SameDiff target, SDVariable[] in) {
      SDVariable inverse = forward.inverseRms(target, in[0]);
      SDVariable normal = in[0].mul(inverse);
      SDVariable dn = in[2].mul(in[1]);
      long[] shape = outputShape(0);
      SDVariable along = Stock.meanLast(dn.mul(normal), shape[1]);
      SDVariable dx = dn.sub(normal.mul(along)).mul(inverse);
      return new SDVariable[] {dx, Stock.sumRows(in[2].mul(normal), shape[0])};
    }
  }
}
