package org.seal4j.lora.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Worker;

/**
 * One part of the batches of an {@link AdapterTrainer}: the sum of the gradients of its pieces.
 * Plans are kept by shape, the latest ones, since each holds gradients of its own.
 */
final class AdapterShard implements AutoCloseable {
  private static final int PLANS = 12;

  private final Weights weights;
  private final AdapterBank bank;
  private final InnerLoopConfig how;
  private final Worker worker;
  private final @Nullable FrozenLayers frozen;
  private final GradientSums sums;
  private List<Tensor> gradients = List.of();
  private final LinkedHashMap<LoraShape, LoraStep> steps = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param bank of one adapter
   * @param how arithmetic of a piece
   * @param worker of its own, which it closes
   */
  AdapterShard(Weights weights, AdapterBank bank, InnerLoopConfig how, Worker worker) {
    this.worker = worker;
    this.weights = weights;
    this.bank = bank;
    this.how = how;
    sums = new GradientSums(bank);
    int layers = bank.config().targetModules().frozenLayers(weights.config());
    frozen = layers == 0 ? null : new FrozenLayers(weights, layers, worker);
  }

  /**
   * Computes loss and gradients.
   *
   * @param scale factor on all loss weights
   * @return the weighted sum of the losses
   */
  double run(List<BatchPieces.Piece> pieces, double scale) {
    double loss = 0;
    for (int i = 0; i < pieces.size(); i++) {
      BatchPieces.Piece piece = pieces.get(i);
      LoraStep step = bound(shape(piece));
      step.fill(0, piece.sequences(), scale);
      step.run();
      loss += step.loss(0);
      sums.add(step.gradientViews(), i == 0 ? 0 : 1, worker.scratch());
      gradients = sums.sums(step.gradientViews());
    }
    return loss;
  }

  /** The gradients of the last run, in the bank's order: A and B of each module. */
  List<Tensor> gradients() {
    return gradients;
  }

  private LoraShape shape(BatchPieces.Piece piece) {
    int layers = frozen == null ? 0 : frozen.layers();
    return LoraShape.of(piece.shape(), layers, piece.sequences(), how);
  }

  private LoraStep bound(LoraShape shape) {
    LoraStep known = steps.get(shape);
    if (known != null) {
      return known;
    }
    while (steps.size() >= PLANS) {
      Map.Entry<LoraShape, LoraStep> eldest = steps.entrySet().iterator().next();
      steps.remove(eldest.getKey());
      eldest.getValue().close();
    }
    LoraStep made = new LoraStep(weights, bank, 1, shape, worker, frozen);
    steps.put(shape, made);
    return made;
  }

  @Override
  public void close() {
    steps.values().forEach(LoraStep::close);
    steps.clear();
    sums.close();
    if (frozen != null) {
      frozen.close();
    }
    worker.close();
  }
}
