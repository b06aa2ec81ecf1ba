package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.ModelConfig;
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
  private final ModelConfig model;
  private final InnerLoopConfig config;
  private final Worker worker;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final LoraSteps steps;
  private long rows;

  GroupTrainer(Weights weights, InnerLoopConfig config, Worker worker) {
    model = weights.config();
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
    begin();
    fresh(tasks);
    return advance(tasks, 0, Integer.MAX_VALUE);
  }

  /** Says that what follows is about other sequences or weights than before. */
  void begin() {
    steps.begin();
  }

  /** Puts a fresh adapter for each task into the bank. */
  void fresh(List<InnerLoopTask> tasks) {
    optimizer.reset();
    for (int i = 0; i < tasks.size(); i++) {
      bank.initialise(i, tasks.get(i).seeds().child("init"));
    }
  }

  /** A copy of an adapter as it is now, to go on with later. */
  AdapterState state(int place) {
    return new AdapterState(arrays(), place, bank.size());
  }

  /** Puts such a copy into the bank. */
  void restore(int place, AdapterState state) {
    state.restore(arrays(), place, bank.size());
  }

  private List<INDArray> arrays() {
    return List.copyOf(state().values());
  }

  /** All adapters as they are now, by name: their factors and what the optimizer remembers. */
  Map<String, INDArray> state() {
    Map<String, INDArray> state = bank.arrays();
    state.putAll(optimizer.state());
    return state;
  }

  /** All that decides the bits of a step but for the tasks. */
  String configText() {
    return model.cacheKey() + ", " + config.text();
  }

  /**
   * Trains the adapters in the bank on.
   *
   * @param tasks as for {@link #train}
   * @param from steps that each of them has taken
   * @param to steps behind which it ends, or behind its last one if that comes first
   * @return training loss of these steps of each adapter
   */
  List<double[]> advance(List<InnerLoopTask> tasks, int from, int to) {
    int[] total = tasks.stream().mapToInt(task -> task.steps(config.batch())).toArray();
    List<double[]> curves = new ArrayList<>();
    for (int all : total) {
      curves.add(new double[Math.max(0, Math.min(all, to) - from)]);
    }
    int active = tasks.size();
    for (int step = from; active > 0 && step < to; step++) {
      while (active > 0 && total[active - 1] <= step) {
        active--;
      }
      if (active > 0) {
        StepOutcome found = steps.run(tasks.subList(0, active), step);
        update(found, tasks, total, step);
        for (int i = 0; i < active; i++) {
          curves.get(i)[step - from] = found.losses().get(i);
        }
      }
    }
    return curves;
  }

  private void update(StepOutcome found, List<InnerLoopTask> tasks, int[] total, int step) {
    rows += found.rows();
    for (int i = 0; i < found.losses().size(); i++) {
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
