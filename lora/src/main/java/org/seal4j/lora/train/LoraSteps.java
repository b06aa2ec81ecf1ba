package org.seal4j.lora.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;

/**
 * The steps of one bank on one thread, one for every shape and every number of adapters that was
 * asked for. They are kept, so that thousands of inner loops allocate nothing off-heap.
 */
public final class LoraSteps implements AutoCloseable {
  private final Weights weights;
  private final AdapterBank bank;
  private final InnerLoopConfig config;
  private final Worker worker;
  private final @Nullable FrozenLayers frozen;
  private final Map<LoraShape, Map<Integer, LoraStep>> steps = new HashMap<>();

  public LoraSteps(Weights weights, AdapterBank bank, InnerLoopConfig config, Worker worker) {
    this.weights = weights;
    this.bank = bank;
    this.config = config;
    this.worker = worker;
    int layers = config.lora().targetModules().frozenLayers(weights.config());
    frozen = layers == 0 ? null : new FrozenLayers(weights, layers, worker);
  }

  /** Says that a training begins: sequences and weights may be others than before. */
  public void begin() {
    if (frozen != null) {
      frozen.forget();
    }
  }

  /**
   * Step {@code step} of these tasks, for the first adapters of the bank, with what they read in
   * it.
   */
  public LoraStep filled(List<InnerLoopTask> tasks, int step) {
    List<List<TokenSequence>> batches =
        tasks.stream().map(task -> task.batch(step, config.batch())).toList();
    BatchShape batch = new BatchShape(config.batch(), config.time(tasks.get(0), batches.get(0)));
    int layers = frozen == null ? 0 : frozen.layers();
    List<TokenSequence> all = batches.stream().flatMap(List::stream).toList();
    LoraShape shape = LoraShape.of(batch, layers, all, config.logits());
    LoraStep lora = bound(shape, tasks.size());
    for (int i = 0; i < batches.size(); i++) {
      lora.fill(i, batches.get(i));
    }
    return lora;
  }

  private LoraStep bound(LoraShape shape, int adapters) {
    return steps
        .computeIfAbsent(shape, s -> new HashMap<>())
        .computeIfAbsent(adapters, n -> new LoraStep(weights, bank, n, shape, worker, frozen));
  }

  @Override
  public void close() {
    steps.values().forEach(bySize -> bySize.values().forEach(LoraStep::close));
    steps.clear();
    if (frozen != null) {
      frozen.close();
    }
  }
}
