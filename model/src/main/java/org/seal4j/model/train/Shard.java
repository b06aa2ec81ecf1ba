package org.seal4j.model.train;

import java.util.List;
import java.util.TreeMap;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/**
 * One part of a trainer's batches: the plans that compute its gradients, one per padded length.
 * Short shapes have a single length, because a plan costs more than a little padding.
 */
final class Shard implements AutoCloseable {
  private static final int ONE_LENGTH_UP_TO = 128;
  private static final int LENGTH_STEP = 32;

  private final Weights weights;
  private final BatchShape largest;
  private final Worker worker;
  private final TreeMap<Integer, LmStep> steps = new TreeMap<>();
  private LmStep current;

  /**
   * @param largest sequences of the part, and the longest input that it may have
   * @param worker of its own, which it closes
   */
  Shard(Weights weights, BatchShape largest, Worker worker) {
    this.weights = weights;
    this.worker = worker;
    this.largest = largest;
    this.current = bound(largest.time());
  }

  /** Computes loss and gradients of these sequences. */
  void run(List<TokenSequence> sequences, double scale) {
    int longest = sequences.stream().mapToInt(BatchFiller::inputLength).max().orElse(1);
    current = bound(padded(longest));
    current.filler().fill(0, sequences, scale);
    current.plan().run();
  }

  /** The plan of the last run, with its loss and gradients. */
  LmStep step() {
    return current;
  }

  private int padded(int inputs) {
    int rounded = (inputs + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP;
    return largest.time() <= ONE_LENGTH_UP_TO ? largest.time() : Math.min(rounded, largest.time());
  }

  private LmStep bound(int time) {
    return steps.computeIfAbsent(
        time, t -> LmStep.of(weights, name -> true, new BatchShape(largest.batch(), t), worker));
  }

  @Override
  public void close() {
    steps.values().forEach(LmStep::close);
    worker.close();
  }
}
