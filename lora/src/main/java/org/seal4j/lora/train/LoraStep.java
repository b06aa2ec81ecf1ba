package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * A {@link LoraGraph} bound to memory. The graph itself is not kept: an inner loop holds a step for
 * every length and every number of adapters still training.
 */
public final class LoraStep implements AutoCloseable {
  private final Executable plan;
  private final StepInputs inputs;
  private final StepTargets targets;
  private final List<INDArray> parameters = new ArrayList<>();
  private final List<INDArray> gradients = new ArrayList<>();
  private final List<HostPort> ports = new ArrayList<>();
  private final List<Tensor> gradientViews = new ArrayList<>();
  private final int batch;
  private final int adapters;
  private final int rows;

  /** A step of the whole model with logits of every row. */
  public LoraStep(
      Weights weights, AdapterBank bank, int adapters, BatchShape perAdapter, Worker worker) {
    this(weights, bank, adapters, LoraShape.whole(perAdapter), worker, null);
  }

  LoraStep(
      Weights weights,
      AdapterBank bank,
      int adapters,
      LoraShape perAdapter,
      Worker worker,
      @Nullable FrozenLayers frozen) {
    LoraGraph lora = LoraGraph.of(weights, bank, adapters, perAdapter);
    List<SDVariable> outputs = new ArrayList<>(lora.gradients().values());
    outputs.add(lora.loss());
    plan = worker.executable(lora.graph(), outputs);
    lora.gradients()
        .forEach(
            (name, gradient) -> {
              parameters.add(plan.array(name));
              gradients.add(plan.array(gradient.name()));
              ports.add(plan.port(gradient.name()));
            });
    inputs = new StepInputs(plan, lora.shape(), frozen);
    targets = new StepTargets(plan, perAdapter);
    ports.forEach(port -> gradientViews.add(port.get()));
    batch = perAdapter.batch().batch();
    this.adapters = adapters;
    rows = lora.shape().rows();
  }

  Executable plan() {
    return plan;
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

  /** The same on the Java side, as kernels see them. */
  public List<Tensor> gradientViews() {
    return gradientViews;
  }

  /** What an adapter reads in the next run; places that are left over weigh nothing. */
  public void fill(int adapter, List<TokenSequence> sequences) {
    fill(adapter, sequences, scale(sequences));
  }

  /** The factor with which the loss weights of a batch sum to 1; 0 where it has none. */
  static double scale(List<TokenSequence> batch) {
    double weight = batch.stream().mapToDouble(BatchFiller::weight).sum();
    return weight > 0 ? 1 / weight : 0;
  }

  /** The same with loss weights times {@code scale}, instead of weights that sum to 1. */
  void fill(int adapter, List<TokenSequence> sequences, double scale) {
    Checks.require(
        adapter >= 0 && adapter < adapters && sequences.size() <= batch,
        "adapter %d with %d sequences was asked for in a step of %d adapters with %d",
        adapter,
        sequences.size(),
        adapters,
        batch);
    for (int i = 0; i < batch; i++) {
      if (i < sequences.size()) {
        inputs.put(adapter * batch + i, sequences.get(i));
      } else {
        inputs.clear(adapter * batch + i);
      }
    }
    targets.put(adapter, sequences, scale);
  }

  public void run() {
    plan.run();
    ports.forEach(HostPort::get);
  }

  /** Loss of one adapter in the last run. */
  public double loss(int adapter) {
    return plan.port(LmStep.LOSS).number(adapter);
  }

  @Override
  public void close() {
    plan.close();
  }
}
