package org.seal4j.lora.continual;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.AdapterOptimizer;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.LoraStep;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
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
  private final Map<Integer, LoraStep> steps = new HashMap<>();

  public PenalizedInnerLoop(Weights weights, InnerLoopConfig config, Worker worker) {
    this.weights = weights;
    this.config = config;
    this.worker = worker;
    bank = new AdapterBank(1, weights.config(), config.lora());
    optimizer = new AdapterOptimizer(bank, config.optimizer());
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
    for (int step = 0; step < curve.length; step++) {
      List<TokenSequence> sequences = task.batch(step, config.batch());
      LoraStep lora = steps.computeIfAbsent(config.time(task, sequences), this::bind);
      lora.fill(0, sequences);
      lora.run();
      curve[step] = lora.loss(0);
      for (Penalty penalty : penalties) {
        curve[step] += penalty.add(step, bank, lora.gradientViews());
      }
      double factor = config.schedule().factor(step, config.warmup(), curve.length);
      optimizer.update(
          0,
          lora.gradientViews(),
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

  private LoraStep bind(int time) {
    return new LoraStep(weights, bank, 1, new BatchShape(config.batch(), time), worker);
  }

  @Override
  public void close() {
    steps.values().forEach(LoraStep::close);
    steps.clear();
    optimizer.close();
    bank.close();
  }
}
