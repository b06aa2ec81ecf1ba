package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/**
 * Trains groups of adapters on one thread. Bank, moments and plans are kept from group to group, so
 * that thousands of inner loops allocate nothing off-heap.
 *
 * <p>Adapters stand in descending order of their steps: those still training are always a prefix of
 * the bank, and finished ones stop costing.
 */
final class GroupTrainer implements AutoCloseable {
  private final InnerLoopConfig config;
  private final Worker worker;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final LoraSteps steps;
  private long rows;

  GroupTrainer(Weights weights, InnerLoopConfig config, Worker worker) {
    this.config = config;
    this.worker = worker;
    bank = new AdapterBank(config.adaptersPerGroup(), weights.config(), config.lora());
    optimizer = new AdapterOptimizer(bank, config.optimizer(), worker.engine());
    steps = new LoraSteps(weights, bank, config, worker);
  }

  AdapterBank bank() {
    return bank;
  }

  /** Rows of tokens computed so far, padding included: what training has cost. */
  long rows() {
    return rows;
  }

  /**
   * Trains the group's adapters to their end.
   *
   * @param tasks of one padded length, in descending order of steps, at most as many as the bank
   *     holds
   * @return training loss of every step of each adapter
   */
  List<double[]> train(List<InnerLoopTask> tasks) {
    optimizer.reset();
    steps.begin();
    int[] total = new int[tasks.size()];
    List<double[]> curves = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      bank.initialise(i, tasks.get(i).seeds().child("init"));
      total[i] = tasks.get(i).steps(config.batch());
      curves.add(new double[total[i]]);
    }
    int active = tasks.size();
    for (int step = 0; active > 0; step++) {
      while (active > 0 && total[active - 1] <= step) {
        active--;
      }
      if (active > 0) {
        StepOutcome found = steps.run(tasks.subList(0, active), step);
        update(found, tasks, total, step, curves);
      }
    }
    return curves;
  }

  private void update(
      StepOutcome found, List<InnerLoopTask> tasks, int[] total, int step, List<double[]> curves) {
    rows += found.rows();
    for (int i = 0; i < found.losses().size(); i++) {
      curves.get(i)[step] = found.losses().get(i);
      double factor = config.schedule().factor(step, config.warmup(), total[i]);
      optimizer.update(
          i,
          found.gradients(),
          tasks.get(i).learningRate() * factor,
          config.clip(),
          step + 1L,
          worker.scratch());
    }
  }

  @Override
  public void close() {
    steps.close();
    optimizer.close();
    bank.close();
  }
}
