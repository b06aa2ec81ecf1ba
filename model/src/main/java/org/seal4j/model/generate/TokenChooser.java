package org.seal4j.model.generate;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.seed.Rng;

/**
 * Chooses the next token of one row, as {@link Sampling} says. Reuses its arrays; one per thread.
 */
final class TokenChooser {
  /** Temperatures at which float32 holds every quotient that matters. */
  private static final double COLDEST = 1e-3;

  private static final double HOTTEST = 1e3;

  private final Sampling sampling;
  private final Penalizer penalizer;
  private final Logits logitRow = new Logits();
  private float[] all = new float[0];

  /** The kept ids. */
  private int[] ids = new int[0];

  private int count;

  /** Unnormalised probability of each kept id; the most likely one has 1. */
  private double[] weights = new double[0];

  /** The largest kept logit. */
  private double top;

  private long[] keys = new long[0];

  TokenChooser(Sampling sampling) {
    this.sampling = sampling;
    penalizer = new Penalizer(sampling.penalties());
  }

  /**
   * Chooses among the allowed ids with the penalties on what the row holds.
   *
   * @param logits finite, {@code [v]}
   */
  Choice choose(float[] logits, @Nullable BitSet allowed, RowTokens row, Rng rng) {
    if (sampling.penalties().areNone()) {
      return choose(logits, allowed, rng);
    }
    Choice choice = choose(penalizer.adjust(logits, row), allowed, rng);
    int id = choice.token();
    return new Choice(id, choice.logProb(), logits[id] - logitRow.logSumExp(logits));
  }

  /**
   * Chooses among the allowed ids, of which there is at least one.
   *
   * @param logits finite, {@code [v]}
   * @param allowed null for all of them
   */
  Choice choose(float[] logits, @Nullable BitSet allowed, Rng rng) {
    if (allowed == null && sampling.greedy()) {
      return logitRow.mostLikely(logits);
    }
    double temperature = sampling.temperature();
    boolean whole = sampling.topK() == 0 && sampling.topP() == 1 && sampling.minP() == 0;
    if (allowed == null && whole && temperature >= COLDEST && temperature <= HOTTEST) {
      if (all.length < logits.length + 7) {
        all = new float[logits.length + 7];
      }
      return logitRow.draw(logits, temperature, rng.nextDouble(), all);
    }
    keep(allowed, logits.length);
    if (sampling.topK() > 0 || sampling.topP() < 1) {
      truncate(logits);
    }
    if (sampling.minP() > 0) {
      dropUnlikely(logits);
    }
    double total = weigh(logits);
    int id = ids[sampling.greedy() ? heaviest(logits) : draw(total, rng)];
    double tempered = (logits[id] - top) / sampling.temperature();
    return new Choice(
        id, tempered - StrictMath.log(total), logits[id] - logitRow.logSumExp(logits));
  }

  /** The likeliest ids under the model alone, see {@link Logits#likeliest}. */
  void likeliest(float[] logits, int[] into, float[] probabilities) {
    logitRow.likeliest(logits, into, probabilities);
  }

  /** Refuses logits that are not finite. */
  void requireFinite(float[] logits, int sequence, int place) {
    logitRow.requireFinite(logits, sequence, place);
  }

  private void keep(@Nullable BitSet allowed, int v) {
    count = allowed == null ? v : allowed.cardinality();
    if (ids.length < count) {
      ids = new int[count];
      weights = new double[count];
      keys = new long[count];
    }
    if (allowed == null) {
      Arrays.setAll(ids, i -> i);
      return;
    }
    int n = 0;
    for (int id = allowed.nextSetBit(0); id >= 0; id = allowed.nextSetBit(id + 1)) {
      ids[n++] = id;
    }
  }

  /** Sets the weights of the kept ids and returns their sum. */
  private double weigh(float[] logits) {
    top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      top = Math.max(top, logits[ids[i]]);
    }
    double total = 0;
    for (int i = 0; i < count; i++) {
      weights[i] = StrictMath.exp((logits[ids[i]] - top) / sampling.temperature());
      total += weights[i];
    }
    return total;
  }

  /** Drops what top-k and top-p drop; the rest is in id order again. */
  private void truncate(float[] logits) {
    sort(logits);
    if (sampling.topK() > 0) {
      count = Math.min(sampling.topK(), count);
    }
    if (sampling.topP() < 1) {
      double wanted = sampling.topP() * weigh(logits);
      double held = weights[0];
      int kept = 1;
      while (kept < count && held < wanted) {
        held += weights[kept++];
      }
      count = kept;
    }
    Arrays.sort(ids, 0, count);
  }

  /** Drops what min-p drops; the most likely id has the weight 1. */
  private void dropUnlikely(float[] logits) {
    weigh(logits);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] >= sampling.minP()) {
        ids[kept++] = ids[i];
      }
    }
    count = kept;
  }

  /** Sorts the kept ids by falling logit, equal ones by rising id. */
  private void sort(float[] logits) {
    for (int i = 0; i < count; i++) {
      // Adding 0 makes -0 equal to 0. Flipped, the bits of a float order it from largest to least.
      int bits = Float.floatToIntBits(logits[ids[i]] + 0f);
      int rising = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = ((long) ~rising << 32) | ids[i];
    }
    Arrays.sort(keys, 0, count);
    for (int i = 0; i < count; i++) {
      ids[i] = (int) keys[i];
    }
  }

  private int heaviest(float[] logits) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (logits[ids[i]] > logits[ids[best]]) {
        best = i;
      }
    }
    return best;
  }

  /** The inverse of the cumulative weights, in id order, at one uniform number. */
  private int draw(double total, Rng rng) {
    double left = rng.nextDouble() * total;
    int last = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
