package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/**
 * An inner loop for models that change: one adapter at a time on one thread, with penalties, over
 * weights into which it is merged afterwards. The weights are read anew in every step, so the same
 * plans serve the model before and after a merge.
 *
 * <p>Law: without penalties an adapter has the bits that {@link SftInnerLoop} gives it.
 */
public final class PenalizedInnerLoop implements AutoCloseable {
  private final Weights weights;
  private final InnerLoopConfig config;
  private final Worker worker;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final Map<Integer, Bound> steps = new HashMap<>();

  /** A step with kernel views of its gradients. */
  private record Bound(LoraStep step, List<Tensor> gradients) {}

  public PenalizedInnerLoop(Weights weights, InnerLoopConfig config, Worker worker) {
    this.weights = weights;
    this.config = config;
    this.worker = worker;
    bank = new AdapterBank(1, weights.config(), config.lora());
    optimizer = new AdapterOptimizer(bank, config.adamW());
  }

  /** Holds the adapter of the last training in place 0. */
  public AdapterBank bank() {
    return bank;
  }

  /**
   * Trains a fresh adapter.
   *
   * @return loss of every step in nats per weighted token, the penalties' terms included
   */
  public double[] train(InnerLoopTask task, List<? extends Penalty> penalties) {
    optimizer.reset();
    bank.initialise(0, task.seeds().child("init"));
    double[] curve = new double[task.steps(config.batch())];
    int multiple = config.timeMultiple();
    int time = (task.longest() + multiple - 1) / multiple * multiple;
    Bound bound = steps.computeIfAbsent(time, this::bind);
    for (int step = 0; step < curve.length; step++) {
      fill(bound.step, task.batch(step, config.batch()));
      bound.step.run();
      curve[step] = bound.step.loss(0);
      for (Penalty penalty : penalties) {
        curve[step] += penalty.add(step, bank, bound.gradients);
      }
      double factor = config.schedule().factor(step, config.warmup(), curve.length);
      optimizer.update(
          0,
          bound.gradients,
          task.learningRate() * factor,
          config.clip(),
          step + 1L,
          worker.scratch());
    }
    return curve;
  }

  /** Whether the last adapter is finite and sane; else its training diverged. */
  public boolean isSound() {
    return new AdapterGroup(bank, new int[] {0}, List.of(), worker).isSound(0);
  }

  private void fill(LoraStep step, List<TokenSequence> sequences) {
    double weight = sequences.stream().mapToDouble(BatchFiller::weight).sum();
    step.filler().fill(0, sequences, weight > 0 ? 1 / weight : 0);
    step.filler().clear(sequences.size(), config.batch());
  }

  private Bound bind(int time) {
    LoraStep step = new LoraStep(weights, bank, 1, new BatchShape(config.batch(), time), worker);
    List<Tensor> gradients = new ArrayList<>();
    for (INDArray gradient : step.gradients()) {
      gradients.add(Tensors.of(gradient));
    }
    return new Bound(step, gradients);
  }

  @Override
  public void close() {
    steps.values().forEach(bound -> bound.step.close());
    steps.clear();
    optimizer.close();
    bank.close();
  }
}
