package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * What one adapter learns.
 *
 * @param sequences training data with its loss mask; at least one
 * @param always sequences that stand in every batch besides: what is to be met more often than the
 *     rest, such as the passage that the rest is about
 * @param learningRate peak learning rate
 * @param epochs passes over the data, each in an order of its own
 * @param seeds of the adapter's initial values and of the data order
 */
public record InnerLoopTask(
    List<TokenSequence> sequences,
    List<TokenSequence> always,
    double learningRate,
    int epochs,
    Seeds seeds) {
  public InnerLoopTask {
    Checks.require(!sequences.isEmpty(), "an inner loop needs at least one training sequence");
    Checks.require(
        learningRate > 0 && Double.isFinite(learningRate),
        "an inner loop's learning rate must be finite and > 0 but was %s",
        learningRate);
    Checks.require(epochs >= 1, "an inner loop's epochs must be >= 1 but were %d", epochs);
    sequences = List.copyOf(sequences);
    always = List.copyOf(always);
  }

  /** Nothing stands in every batch. */
  public InnerLoopTask(
      List<TokenSequence> sequences, double learningRate, int epochs, Seeds seeds) {
    this(sequences, List.of(), learningRate, epochs, seeds);
  }

  /** Optimizer steps of this adapter for batches of this size. */
  public int steps(int batch) {
    return epochs * batchesPerEpoch(batch);
  }

  int batchesPerEpoch(int batch) {
    int room = room(batch);
    return (sequences.size() + room - 1) / room;
  }

  /** Places of a batch that are left for the shuffled sequences. */
  private int room(int batch) {
    int room = batch - always.size();
    Checks.require(
        room >= 1,
        "a batch of %d has no place beside the %d sequences that stand in every batch",
        batch,
        always.size());
    return room;
  }

  /** The sequences of step {@code step}: those of every batch, then a shuffled pass per epoch. */
  public List<TokenSequence> batch(int step, int batch) {
    int perEpoch = batchesPerEpoch(batch);
    int[] order = seeds.child("order", step / perEpoch).rng().permutation(sequences.size());
    int room = room(batch);
    int from = step % perEpoch * room;
    int to = Math.min(from + room, order.length);
    List<TokenSequence> chosen = new ArrayList<>(always);
    for (int i = from; i < to; i++) {
      chosen.add(sequences.get(order[i]));
    }
    return chosen;
  }

  /** Longest input of a step in tokens. */
  int longest() {
    return Math.max(longest(sequences), longest(always));
  }

  /** The same of these sequences. */
  static int longest(List<TokenSequence> sequences) {
    return sequences.stream().mapToInt(s -> Math.max(1, s.length() - 1)).max().orElse(1);
  }
}
