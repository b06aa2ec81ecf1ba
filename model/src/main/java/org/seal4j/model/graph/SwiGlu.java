package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.kernel.SwiGluKernels;

/** {@code gate * sigmoid(gate) * up} (Shazeer 2020), gate and up of one shape. */
public final class SwiGlu extends GraphOp {

  private SwiGlu(Graph g, SDVariable gate, SDVariable up) {
    super(g, List.of(gate, up), g.shape(gate));
    Checks.require(
        Arrays.equals(g.shape(gate), g.shape(up)),
        "gate %s and up %s must have one shape",
        Arrays.toString(g.shape(gate)),
        Arrays.toString(g.shape(up)));
  }

  public static SDVariable of(Graph g, SDVariable gate, SDVariable up) {
    return new SwiGlu(g, gate, up).output();
  }

  @Override
  public String opName() {
    return "seal_swiglu";
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
    return SwiGluKernels.forward();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(target.nn().sigmoid(in[0])).mul(in[1])};
  }

  private static final class Gradient extends GradientOp {
    Gradient(SwiGlu f, SDVariable dy) {
      super(f.graph(), List.of(f.arg(0), f.arg(1), dy), f.outputShape(0), f.outputShape(0));
    }

    @Override
    public String opName() {
      return "seal_swiglu_gradient";
    }

    @Override
    public Kernel kernel() {
      return SwiGluKernels.gradient();
    }

    @Override
    public SDVariable[] stock(SameDiff target, SDVariable[] in) {
      SDVariable s = target.nn().sigmoid(in[0]);
      SDVariable silu = in[0].mul(s);
      SDVariable slope = s.add(silu.mul(s.rsub(1.0)));
      return new SDVariable[] {in[2].mul(in[1]).mul(slope), in[2].mul(silu)};
    }
  }
}
