package org.seal4j.model.train;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

/**
 * Muon on one weight matrix (Jordan et al. 2024): Nesterov momentum whose update is made nearly
 * orthogonal by five Newton-Schulz steps, which are a graph of matrix products of their own.
 */
final class Muon implements Optimizer {
  private static final double MOMENTUM = 0.95;
  private static final int STEPS = 5;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final double EPS = 1e-7;

  private final INDArray weight;
  private final INDArray momentum;
  private final double scale;
  private final Plan orthogonalise;

  // Of its own: several matrices may be updated side by side.
  private final Worker buffers = new Worker();

  Muon(INDArray weight) {
    this.weight = weight;
    momentum = Tensors.zeros(weight.shape());
    scale = Math.sqrt(Math.max(1.0, (double) weight.size(0) / weight.size(1)));
    orthogonalise = newtonSchulz(weight.shape(), buffers);
  }

  /** {@code x -> a x + (b x x' + c (x x')^2) x}, five times, on the shorter side's Gram matrix. */
  private static Plan newtonSchulz(long[] shape, Worker worker) {
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
    return Plan.of(g, List.of(x), worker);
  }

  @Override
  public void update(
      INDArray gradient, double rate, double gradientScale, long step, Worker worker) {
    Tensor g = Tensors.of(gradient);
    Tensor m = Tensors.of(momentum);
    OptimizerKernels.axpby(m, MOMENTUM, g, gradientScale, worker.scratch());
    OptimizerKernels.axpby(g, gradientScale, m, MOMENTUM, worker.scratch());
    double norm = Math.sqrt(OptimizerKernels.sumOfSquares(g, 0, g.length(), worker.scratch()));
    Tensor x = Tensors.of(orthogonalise.array("x0"));
    OptimizerKernels.axpby(x, 0, g, 1 / (norm + EPS), worker.scratch());
    orthogonalise.run();
    Tensor update = Tensors.of(orthogonalise.array("x" + STEPS));
    OptimizerKernels.axpby(Tensors.of(weight), 1, update, -rate * scale, worker.scratch());
  }

  @Override
  public Map<String, INDArray> state() {
    return Map.of("momentum", momentum);
  }

  @Override
  public void close() {
    momentum.close();
    orthogonalise.close();
    buffers.close();
  }
}
