package org.seal4j.lora.continual;

import java.util.List;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.AdapterOptimizer;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.LoraSteps;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.lora.train.StepOutcome;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/**
 * An inner loop for models that change: one adapter at a time on one thread, with penalties, over
 * weights into which it is merged afterwards. The weights are read anew in every step, so the same
 * plans serve the model before and after a merge.
 *
 * <p>Law: without penalties an adapter has the bits that {@link SftInnerLoop} gives it.
 */
public final class PenalizedInnerLoop implements AutoCloseable {
  private final InnerLoopConfig config;
  private final Worker worker;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final LoraSteps steps;

  public PenalizedInnerLoop(Weights weights, InnerLoopConfig config, Worker worker) {
    this.config = config;
    this.worker = worker;
    bank = new AdapterBank(1, weights.config(), config.lora());
    optimizer = new AdapterOptimizer(bank, config.optimizer(), worker.engine());
    steps = new LoraSteps(weights, bank, config, worker);
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
    steps.begin();
    bank.initialise(0, task.seeds().child("init"));
    double[] curve = new double[task.steps(config.batch())];
    for (int step = 0; step < curve.length; step++) {
      StepOutcome found = steps.run(List.of(task), step);
      curve[step] = found.losses().get(0);
      for (Penalty penalty : penalties) {
        curve[step] += penalty.add(step, bank, found.gradients());
      }
      double factor = config.schedule().factor(step, config.warmup(), curve.length);
      optimizer.update(
          0,
          found.gradients(),
          task.learningRate() * factor,
          config.clip(),
          step + 1L,
          worker.scratch());
    }
    return curve;
  }

  /** Whether the last adapter is finite and sane; else its training diverged. */
  public boolean isSound() {
    return AdapterGroup.isSound(bank, 0);
  }

  @Override
  public void close() {
    steps.close();
    optimizer.close();
    bank.close();
  }
}
