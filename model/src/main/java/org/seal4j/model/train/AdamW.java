package org.seal4j.model.train;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
    m = Nd4j.zeros(DataType.FLOAT, weight.shape());
    v = Nd4j.zeros(DataType.FLOAT, weight.shape());
    m.setCloseable(true);
    v.setCloseable(true);
  }

  @Override
  public void update(
      INDArray gradient, double rate, double gradientScale, long step, Worker worker) {
    var numbers =
        new OptimizerKernels.Adam(
            rate,
            config.beta1(),
            config.beta2(),
            config.eps(),
            config.weightDecay(),
            step,
            gradientScale);
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
