package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.TrainedWeight;

/**
 * An optimizer over a bank of adapters: what it remembers, step count, learning rate and clipping
 * are each adapter's own.
 */
public final class AdapterOptimizer implements AutoCloseable {
  private final List<TrainedWeight> factors = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** An optimizer with our kernels. */
  public AdapterOptimizer(AdapterBank bank, OptimizerSpec optimizer) {
    this(bank, optimizer, Engine.KERNELS);
  }

  /**
   * @param engine for optimizers that run graphs
   */
  public AdapterOptimizer(AdapterBank bank, OptimizerSpec optimizer, Engine engine) {
    bank.factors()
        .forEach(
            (module, f) -> {
              factors.add(TrainedWeight.sideBySide(f.a(), optimizer, engine));
              factors.add(TrainedWeight.sideBySide(f.b(), optimizer, engine));
              names.addAll(List.of(module + "/A", module + "/B"));
            });
  }

  /** What it remembers of all adapters, by name, to be saved and restored. */
  Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    for (int i = 0; i < factors.size(); i++) {
      String prefix = "optimizer/" + names.get(i) + "/";
      factors.get(i).state().forEach((key, array) -> state.put(prefix + key, array));
    }
    return state;
  }

  /** Forgets everything: the bank holds fresh adapters. */
  public void reset() {
    factors.forEach(TrainedWeight::reset);
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
    for (int p = 0; p < factors.size(); p++) {
      int size = factors.get(p).size();
      squares +=
          OptimizerKernels.sumOfSquares(
              gradients.get(p), adapter * size, (adapter + 1) * size, scratch);
    }
    double norm = Math.sqrt(squares);
    double scale = norm > clip ? clip / norm : 1;
    for (int p = 0; p < factors.size(); p++) {
      factors.get(p).update(adapter, gradients.get(p), scale, rate, step, scratch);
    }
  }

  @Override
  public void close() {
    factors.forEach(TrainedWeight::close);
    factors.clear();
  }
}
