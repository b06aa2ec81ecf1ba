package org.seal4j.data.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;

/**
 * Pads sequences into batches of few different lengths, so that a model needs few plans. A padded
 * length is the next multiple.
 *
 * @param multiple padded lengths are multiples of this many tokens, >= 1
 * @param padId the id that fills a row; it never has a loss
 */
public record Bucketing(int multiple, int padId) {
  public Bucketing {
    Checks.require(multiple >= 1, "bucket multiple must be >= 1 but was %d", multiple);
    Checks.require(padId >= 0, "padding id must be >= 0 but was %d", padId);
  }

  /** The padded length of a sequence of this many tokens. */
  public int padded(int tokens) {
    return Math.floorDiv(tokens + multiple - 1, multiple) * multiple;
  }

  /** One batch of all sequences, as long as the longest needs. */
  public TokenBatch pad(List<TokenSequence> sequences) {
    int longest = sequences.stream().mapToInt(TokenSequence::length).max().orElse(0);
    return pad(sequences, padded(longest));
  }

  /**
   * One batch of all sequences.
   *
   * @param time the padded length; no sequence may be longer
   */
  public TokenBatch pad(List<TokenSequence> sequences, int time) {
    Checks.require(!sequences.isEmpty(), "a batch needs at least one sequence");
    int rows = sequences.size();
    int[][] ids = new int[rows][];
    int[][] positions = new int[rows][];
    float[][] weights = new float[rows][];
    int[] lengths = new int[rows];
    for (int i = 0; i < rows; i++) {
      TokenSequence sequence = sequences.get(i);
      lengths[i] = sequence.length();
      if (lengths[i] > time) {
        throw Checks.refuse(
            "sequence %d has %d tokens but the batch is padded to %d", i, lengths[i], time);
      }
      ids[i] = Arrays.copyOf(sequence.ids(), time);
      Arrays.fill(ids[i], lengths[i], time, padId);
      positions[i] = Arrays.copyOf(sequence.positions(), time);
      weights[i] = Arrays.copyOf(sequence.weights(), time);
    }
    return new TokenBatch(ids, positions, weights, lengths);
  }

  /** The indices of the sequences of each padded length, shortest first, order kept. */
  public SortedMap<Integer, List<Integer>> buckets(List<TokenSequence> sequences) {
    SortedMap<Integer, List<Integer>> buckets = new TreeMap<>();
    for (int i = 0; i < sequences.size(); i++) {
      int time = padded(sequences.get(i).length());
      buckets.computeIfAbsent(time, t -> new ArrayList<>()).add(i);
    }
    return buckets;
  }
}
