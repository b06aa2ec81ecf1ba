package org.seal4j.lora.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/** Gradients of several pieces of a batch, added in order. */
public final class GradientSums implements AutoCloseable {
  private final List<INDArray> arrays = new ArrayList<>();
  private final Map<Integer, List<Tensor>> views = new HashMap<>();

  /** Of all adapters of a bank. */
  public GradientSums(AdapterBank bank) {
    for (AdapterBank.Factors f : bank.factors().values()) {
      arrays.add(Tensors.zeros(f.a().shape()));
      arrays.add(Tensors.zeros(f.b().shape()));
    }
  }

  /** Forgets what was added, numbers that are none included. */
  public void clear() {
    arrays.forEach(array -> array.assign(0));
  }

  /**
   * Adds the gradients of a piece.
   *
   * @param gradients in the bank's order, of its first adapters
   * @param old factor on what was added before; 0 for the first piece of a batch
   */
  public void add(List<Tensor> gradients, double old, Scratch scratch) {
    List<Tensor> sums = sums(gradients);
    for (int p = 0; p < sums.size(); p++) {
      OptimizerKernels.axpby(sums.get(p), old, gradients.get(p), 1, scratch);
    }
  }

  /** The sums, as many numbers of each as these gradients have. */
  public List<Tensor> sums(List<Tensor> gradients) {
    return views.computeIfAbsent(
        gradients.get(0).size(0),
        adapters -> {
          List<Tensor> made = new ArrayList<>();
          for (int p = 0; p < arrays.size(); p++) {
            Tensor gradient = gradients.get(p);
            FloatBuffer all = Tensors.of(arrays.get(p)).f();
            FloatBuffer part = all.slice(0, gradient.length());
            made.add(new Tensor(gradient.shape().clone(), part, null, arrays.get(p)));
          }
          return made;
        });
  }

  /** The sums of all adapters of the bank. */
  public List<Tensor> sums() {
    return arrays.stream().map(Tensors::of).toList();
  }

  @Override
  public void close() {
    views.clear();
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
