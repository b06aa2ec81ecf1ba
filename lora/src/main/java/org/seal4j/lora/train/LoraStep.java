package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * A {@link LoraGraph} bound to memory. The graph itself is not kept: an inner loop holds a step for
 * every length and every number of adapters still training.
 */
public final class LoraStep implements AutoCloseable {
  private final Plan plan;
  private final BatchFiller filler;
  private final List<INDArray> parameters = new ArrayList<>();
  private final List<INDArray> gradients = new ArrayList<>();
  private final List<Tensor> gradientViews = new ArrayList<>();
  private final int batch;
  private final int adapters;
  private final int rows;

  public LoraStep(
      Weights weights, AdapterBank bank, int adapters, BatchShape perAdapter, Worker worker) {
    LoraGraph lora = LoraGraph.of(weights, bank, adapters, perAdapter);
    List<SDVariable> outputs = new ArrayList<>(lora.gradients().values());
    outputs.add(lora.loss());
    plan = Plan.of(lora.graph(), outputs, worker);
    lora.gradients()
        .forEach(
            (name, gradient) -> {
              parameters.add(plan.array(name));
              gradients.add(plan.array(gradient.name()));
            });
    filler = new BatchFiller(plan, lora.shape());
    gradients.forEach(gradient -> gradientViews.add(Tensors.of(gradient)));
    batch = perAdapter.batch();
    this.adapters = adapters;
    rows = lora.shape().rows();
  }

  Plan plan() {
    return plan;
  }

  BatchFiller filler() {
    return filler;
  }

  int adapters() {
    return adapters;
  }

  /** Tokens per run, padding included. */
  int rows() {
    return rows;
  }

  /** A and B of every module for all adapters of the step, in order. */
  List<INDArray> parameters() {
    return parameters;
  }

  /** The gradients of {@link #parameters()} after a run. */
  List<INDArray> gradients() {
    return gradients;
  }

  /** The same as kernels see them. */
  public List<Tensor> gradientViews() {
    return gradientViews;
  }

  /** What an adapter reads in the next run; places that are left over weigh nothing. */
  public void fill(int adapter, List<TokenSequence> sequences) {
    double weight = sequences.stream().mapToDouble(BatchFiller::weight).sum();
    filler.fill(adapter * batch, sequences, weight > 0 ? 1 / weight : 0);
    filler.clear(adapter * batch + sequences.size(), (adapter + 1) * batch);
  }

  public void run() {
    plan.run();
  }

  /** Loss of one adapter in the last run. */
  public double loss(int adapter) {
    return plan.array(LmStep.LOSS).getDouble(adapter);
  }

  @Override
  public void close() {
    plan.close();
  }
}
