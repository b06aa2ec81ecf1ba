package org.seal4j.model.train;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

/** AdamW on one array. */
final class AdamW implements Optimizer {
  private final AdamWConfig config;
  private final Tensor weight;
  private final INDArray m;
  private final INDArray v;

  AdamW(INDArray weight, AdamWConfig config) {
    this.config = config;
    this.weight = Tensors.of(weight);
    m = Tensors.zeros(weight.shape());
    v = Tensors.zeros(weight.shape());
  }

  @Override
  public void update(
      INDArray gradient, double rate, double gradientScale, long step, Worker worker) {
    var numbers = config.at(rate, step, gradientScale);
    Tensor[] arrays = {weight, Tensors.of(gradient), Tensors.of(m), Tensors.of(v)};
    OptimizerKernels.adam(arrays, 0, weight.length(), numbers, worker.scratch());
  }

  @Override
  public Map<String, INDArray> state() {
    return Map.of("m", m, "v", v);
  }

  @Override
  public void close() {
    m.close();
    v.close();
  }
}
