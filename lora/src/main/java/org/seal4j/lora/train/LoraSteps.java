package org.seal4j.lora.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
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
  private @Nullable GradientSums sums;

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
    if (sums != null) {
      sums.clear();
    }
  }

  /**
   * Computes step {@code step} of these tasks, for the first adapters of the bank: loss and
   * gradients of what each of them reads in it, a piece after the other.
   */
  public StepOutcome run(List<InnerLoopTask> tasks, int step) {
    List<List<TokenSequence>> batches =
        tasks.stream().map(task -> task.batch(step, config.batch())).toList();
    double[] scales = batches.stream().mapToDouble(LoraStep::scale).toArray();
    int size = config.piece();
    int longest = batches.stream().mapToInt(List::size).max().orElse(1);
    Double[] losses = new Double[tasks.size()];
    Arrays.fill(losses, 0.0);
    List<Tensor> gradients = List.of();
    int rows = 0;
    for (int from = 0; from < longest; from += size) {
      int first = from;
      List<List<TokenSequence>> piece = batches.stream().map(b -> part(b, first, size)).toList();
      LoraStep lora = filled(tasks.get(0), piece, scales);
      lora.run();
      rows += lora.rows();
      for (int i = 0; i < losses.length; i++) {
        losses[i] += lora.loss(i);
      }
      gradients = longest <= size ? lora.gradientViews() : added(lora, from > 0);
    }
    return new StepOutcome(List.of(losses), gradients, rows);
  }

  private static List<TokenSequence> part(List<TokenSequence> batch, int from, int size) {
    return batch.subList(Math.min(from, batch.size()), Math.min(from + size, batch.size()));
  }

  private List<Tensor> added(LoraStep piece, boolean more) {
    if (sums == null) {
      sums = new GradientSums(bank);
    }
    sums.add(piece.gradientViews(), more ? 1 : 0, worker.scratch());
    return sums.sums(piece.gradientViews());
  }

  private LoraStep filled(InnerLoopTask first, List<List<TokenSequence>> batches, double[] scales) {
    int size = config.piece();
    BatchShape batch = new BatchShape(size, config.time(first, batches.get(0)));
    int layers = frozen == null ? 0 : frozen.layers();
    List<TokenSequence> all = batches.stream().flatMap(List::stream).toList();
    LoraShape shape = LoraShape.of(batch, layers, all, config);
    LoraStep lora = bound(shape, batches.size());
    for (int i = 0; i < batches.size(); i++) {
      lora.fill(i, batches.get(i), scales[i]);
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
    if (sums != null) {
      sums.close();
    }
  }
}
