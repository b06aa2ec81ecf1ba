package org.example.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.graph.GradientOp;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.kernel.Kernel;

/**
 * {@code gelu(gate) * up} (Shazeer 2020), with {@code gelu(x) = x * sigmoid(1.702 x)} (Hendrycks and
 * Gimpel 2016), gate and up of one shape: an op of your own with its kernel, its gradient and its
 * stock form.
 */
public final class GeGlu extends GraphOp {
  private static final double K = 1.702;

  private GeGlu(Graph graph, SDVariable gate, SDVariable up) {
    super(graph, "example_geglu(gate [...], up [...]) -> [...]", GeGlu::forward, gate, up);
  }

  /** Adds the op to a graph. */
  public static SDVariable of(Graph graph, SDVariable gate, SDVariable up) {
    return new GeGlu(graph, gate, up).output();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-K * x));
  }

  private static Kernel forward() {
    return (in, out, scratch) -> {
      for (int i = 0; i < in[0].length(); i++) {
        double gate = in[0].f().get(i);
        out[0].f().put(i, (float) (gate * sigmoid(gate) * in[1].f().get(i)));
      }
    };
  }

  private static Kernel backward() {
    return (in, out, scratch) -> {
      for (int i = 0; i < in[0].length(); i++) {
        double gate = in[0].f().get(i);
        double s = sigmoid(gate);
        double dy = in[2].f().get(i);
        double slope = s + K * gate * s * (1 - s);
        if (out[0] != null) {
          out[0].f().put(i, (float) (dy * in[1].f().get(i) * slope));
        }
        if (out[1] != null) {
          out[1].f().put(i, (float) (dy * gate * s));
        }
      }
    };
  }

  @Override
  public SDVariable[] gradient(SDVariable[] upstream, boolean[] needed) {
    return sides(
        needed,
        () ->
            new GradientOp(
                graph(),
                "example_geglu_gradient(gate [...], up [...], dy [...]) -> [...], [...]",
                GeGlu::backward,
                GeGlu::stockGradient,
                arg(0),
                arg(1),
                required(upstream)));
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {in[0].mul(target.nn().sigmoid(in[0].mul(K))).mul(in[1])};
  }

  private static SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable s = target.nn().sigmoid(in[0].mul(K));
    SDVariable slope = s.add(in[0].mul(K).mul(s).mul(s.rsub(1.0)));
    return new SDVariable[] {in[2].mul(in[1]).mul(slope), in[2].mul(in[0]).mul(s)};
  }
}
