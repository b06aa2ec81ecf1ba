package org.seal4j.model.train;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;

/**
 * Muon on one weight matrix (Jordan et al. 2024): Nesterov momentum whose update is made nearly
 * orthogonal by five Newton-Schulz steps, which are a graph of matrix products of their own. The
 * update is multiplied by {@code sqrt(max(1, rows / columns))}; rows are outputs in a model's
 * {@code [out, in]}, but inputs in an adapter's factors, which are stored transposed.
 */
final class Muon implements Optimizer {
  private static final double MOMENTUM = 0.95;
  private static final int STEPS = 5;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final double EPS = 1e-7;

  private static final String MOMENTUM_STATE = "momentum";

  private final long[] shape;
  private final double scale;
  private final Executable orthogonalise;

  // Of its own: several matrices may be updated side by side.
  private final Worker buffers;

  Muon(long[] shape, Engine engine) {
    this.shape = shape;
    buffers = new Worker(engine);
    scale = Math.sqrt(Math.max(1.0, (double) shape[0] / shape[1]));
    orthogonalise = newtonSchulz(shape, buffers);
  }

  /** {@code x -> a x + (b x x' + c (x x')^2) x}, five times, on the shorter side's Gram matrix. */
  private static Executable newtonSchulz(long[] shape, Worker worker) {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x0", DataType.FLOAT, shape);
    boolean wide = shape[0] <= shape[1];
    for (int i = 1; i <= STEPS; i++) {
      SDVariable gram = MatMul.of(g, x, x, !wide, wide);
      SDVariable square = MatMul.of(g, gram, gram, false, false);
      SDVariable polynomial = Add.scaled(g, Scale.of(g, gram, B), square, C);
      SDVariable turned =
          wide
              ? MatMul.of(g, polynomial, x, false, false)
              : MatMul.of(g, x, polynomial, false, false);
      x = g.name(Add.scaled(g, turned, x, A), "x" + i);
    }
    return worker.executable(g, List.of(x));
  }

  @Override
  public Map<String, long[]> state() {
    return Map.of(MOMENTUM_STATE, shape);
  }

  @Override
  public void update(WeightUpdate u) {
    Tensor g = new Tensor(shape, u.rawGradient(), null);
    Tensor m = new Tensor(shape, u.state(MOMENTUM_STATE), null);
    OptimizerKernels.axpby(m, MOMENTUM, g, u.gradientScale(), u.scratch());
    OptimizerKernels.axpby(g, u.gradientScale(), m, MOMENTUM, u.scratch());
    double norm = Math.sqrt(OptimizerKernels.sumOfSquares(g, 0, g.length(), u.scratch()));
    Tensor x = new Tensor(shape, orthogonalise.port("x0").floats(), null);
    OptimizerKernels.axpby(x, 0, g, 1 / (norm + EPS), u.scratch());
    orthogonalise.run();
    Tensor turned = orthogonalise.port("x" + STEPS).get();
    Tensor weight = new Tensor(shape, u.weight(), null);
    OptimizerKernels.axpby(weight, 1, turned, -u.rate() * scale, u.scratch());
  }

  @Override
  public void close() {
    orthogonalise.close();
    buffers.close();
  }

  /** Makes it by the name {@code muon}, for the matrices of a model's layers. */
  static final class Factory implements OptimizerFactory {
    @Override
    public String name() {
      return "muon";
    }

    @Override
    public boolean updates(String weight, long[] shape) {
      return weight.contains(".layers.") && shape.length == 2;
    }

    @Override
    public Optimizer create(long[] shape, Map<String, Double> options) {
      return create(shape, options, Engine.KERNELS);
    }

    @Override
    public Optimizer create(long[] shape, Map<String, Double> options, Engine engine) {
      Checks.require(
          shape.length == 2, "muon updates matrices only, but a weight has %d axes", shape.length);
      return new Muon(shape, engine);
    }
  }
}
