package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.train.AdamWConfig;

/**
 * AdamW over a bank of adapters: moments for all of them, but step count, learning rate and
 * clipping are each adapter's own.
 */
public final class AdapterOptimizer implements AutoCloseable {
  private final AdamWConfig config;
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<INDArray> owned = new ArrayList<>();
  private final List<Tensor> first = new ArrayList<>();
  private final List<Tensor> second = new ArrayList<>();
  private final int adapters;

  public AdapterOptimizer(AdapterBank bank, AdamWConfig config) {
    this.config = config;
    this.adapters = bank.size();
    for (AdapterBank.Factors f : bank.factors().values()) {
      add(f.a());
      add(f.b());
    }
  }

  private void add(INDArray parameter) {
    parameters.add(Tensors.of(parameter));
    first.add(moment(parameter));
    second.add(moment(parameter));
  }

  private Tensor moment(INDArray parameter) {
    INDArray moment = Tensors.zeros(parameter.shape());
    owned.add(moment);
    return Tensors.of(moment);
  }

  /** Forgets everything: the bank holds fresh adapters. */
  public void reset() {
    first.forEach(AdapterOptimizer::zero);
    second.forEach(AdapterOptimizer::zero);
  }

  /** By hand: ND4J would make an off-heap array of the number to assign. */
  private static void zero(Tensor moment) {
    for (int i = 0; i < moment.length(); i++) {
      moment.f().put(i, 0f);
    }
  }

  /**
   * Updates one adapter.
   *
   * @param gradients of the step's parameters, in the bank's order
   * @param step number of the adapter's update, from 1
   */
  public void update(
      int adapter, List<Tensor> gradients, double rate, double clip, long step, Scratch scratch) {
    double squares = 0;
    for (int p = 0; p < parameters.size(); p++) {
      int size = parameters.get(p).length() / adapters;
      squares +=
          OptimizerKernels.sumOfSquares(
              gradients.get(p), adapter * size, (adapter + 1) * size, scratch);
    }
    double norm = Math.sqrt(squares);
    double scale = norm > clip ? clip / norm : 1;
    var numbers = config.at(rate, step, scale);
    for (int p = 0; p < parameters.size(); p++) {
      int size = parameters.get(p).length() / adapters;
      Tensor[] arrays = {parameters.get(p), gradients.get(p), first.get(p), second.get(p)};
      OptimizerKernels.adam(arrays, adapter * size, (adapter + 1) * size, numbers, scratch);
    }
  }

  @Override
  public void close() {
    owned.forEach(INDArray::close);
    owned.clear();
  }
}
