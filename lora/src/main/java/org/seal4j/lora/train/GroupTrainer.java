package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.InnerLoopConfig.PadTo;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/**
 * Trains groups of adapters on one thread. Bank, moments and plans are kept from group to group, so
 * that thousands of inner loops allocate nothing off-heap.
 *
 * <p>Adapters stand in descending order of their steps: those still training are always a prefix of
 * the bank, and finished ones stop costing.
 */
final class GroupTrainer implements AutoCloseable {
  private final Weights weights;
  private final InnerLoopConfig config;
  private final Worker worker;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final Map<BatchShape, Map<Integer, Bound>> steps = new HashMap<>();
  private long rows;

  /** A step with kernel views of its gradients. */
  private record Bound(LoraStep step, List<Tensor> gradients) {}

  GroupTrainer(Weights weights, InnerLoopConfig config, Worker worker) {
    this.weights = weights;
    this.config = config;
    this.worker = worker;
    bank = new AdapterBank(config.adaptersPerGroup(), weights.config(), config.lora());
    optimizer = new AdapterOptimizer(bank, config.adamW());
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
   * @param tasks in descending order of steps, at most as many as the bank holds
   * @param time padded length of the longest sequence of all
   * @return training loss of every step of each adapter
   */
  List<double[]> train(List<InnerLoopTask> tasks, int time) {
    optimizer.reset();
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
        int here = config.padTo() == PadTo.STEP ? time(tasks.get(0), step) : time;
        one(bound(new BatchShape(config.batch(), here), active), tasks, total, step, curves);
      }
    }
    return curves;
  }

  private int time(InnerLoopTask task, int step) {
    return config.padded(InnerLoopTask.longest(task.batch(step, config.batch())));
  }

  private void one(
      Bound bound, List<InnerLoopTask> tasks, int[] total, int step, List<double[]> curves) {
    LoraStep lora = bound.step;
    int batch = config.batch();
    for (int i = 0; i < lora.adapters(); i++) {
      List<TokenSequence> sequences = tasks.get(i).batch(step, batch);
      double weight = sequences.stream().mapToDouble(BatchFiller::weight).sum();
      lora.filler().fill(i * batch, sequences, weight > 0 ? 1 / weight : 0);
      lora.filler().clear(i * batch + sequences.size(), (i + 1) * batch);
    }
    lora.run();
    rows += lora.rows();
    for (int i = 0; i < lora.adapters(); i++) {
      curves.get(i)[step] = lora.loss(i);
      double factor = config.schedule().factor(step, config.warmup(), total[i]);
      optimizer.update(
          i,
          bound.gradients,
          tasks.get(i).learningRate() * factor,
          config.clip(),
          step + 1L,
          worker.scratch());
    }
  }

  private Bound bound(BatchShape shape, int adapters) {
    return steps
        .computeIfAbsent(shape, s -> new HashMap<>())
        .computeIfAbsent(adapters, n -> bind(shape, n));
  }

  private Bound bind(BatchShape shape, int adapters) {
    LoraStep step = new LoraStep(weights, bank, adapters, shape, worker);
    List<Tensor> gradients = new ArrayList<>();
    for (INDArray gradient : step.gradients()) {
      gradients.add(Tensors.of(gradient));
    }
    return new Bound(step, gradients);
  }

  @Override
  public void close() {
    steps.values().forEach(bySize -> bySize.values().forEach(bound -> bound.step.close()));
    steps.clear();
    optimizer.close();
    bank.close();
  }
}
