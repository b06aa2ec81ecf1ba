package org.seal4j.lora.train;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * What one adapter learns.
 *
 * @param sequences training data with its loss mask; at least one
 * @param learningRate peak learning rate
 * @param epochs passes over the data, each in an order of its own
 * @param seeds of the adapter's initial values and of the data order
 */
public record InnerLoopTask(
    List<TokenSequence> sequences, double learningRate, int epochs, Seeds seeds) {
  public InnerLoopTask {
    Checks.require(!sequences.isEmpty(), "an inner loop needs at least one training sequence");
    Checks.require(
        learningRate > 0 && Double.isFinite(learningRate),
        "an inner loop's learning rate must be finite and > 0 but was %s",
        learningRate);
    Checks.require(epochs >= 1, "an inner loop's epochs must be >= 1 but were %d", epochs);
    sequences = List.copyOf(sequences);
  }

  /** Optimizer steps of this adapter for batches of this size. */
  public int steps(int batch) {
    return epochs * batchesPerEpoch(batch);
  }

  int batchesPerEpoch(int batch) {
    return (sequences.size() + batch - 1) / batch;
  }

  /** The sequences of step {@code step}, a shuffled pass per epoch. */
  public List<TokenSequence> batch(int step, int batch) {
    int perEpoch = batchesPerEpoch(batch);
    int[] order = seeds.child("order", step / perEpoch).rng().permutation(sequences.size());
    int from = step % perEpoch * batch;
    int to = Math.min(from + batch, order.length);
    List<TokenSequence> chosen = new java.util.ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      chosen.add(sequences.get(order[i]));
    }
    return chosen;
  }

  /** Longest input of a step in tokens. */
  int longest() {
    return longest(sequences);
  }

  /** The same of these sequences. */
  static int longest(List<TokenSequence> sequences) {
    return sequences.stream().mapToInt(s -> Math.max(1, s.length() - 1)).max().orElse(1);
  }
}
