package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.Exponentials;

/**
 * What is asked of one row of logits on the heap, {@code [v]}: sums in one fixed order and
 * logarithms of {@link StrictMath}, so that the same logits give the same bits on every machine.
 * One per thread.
 */
final class Logits {
  private final Exponentials exponentials = new Exponentials();

  /** The id of the largest logit, the lowest among equals. */
  int argMax(float[] x) {
    return indexOf(x, exponentials.max(x));
  }

  /** The lowest id with the largest logit. */
  private static int indexOf(float[] x, float top) {
    int i = 0;
    while (x[i] != top) {
      i++;
    }
    return i;
  }

  /** Logarithm of the sum of exponentials. */
  double logSumExp(float[] x) {
    float top = exponentials.max(x);
    return top + StrictMath.log(exponentials.sum(x, top));
  }

  /** The most likely of all ids, with its log-probability. */
  Choice mostLikely(float[] x) {
    float top = exponentials.max(x);
    double log = -StrictMath.log(exponentials.sum(x, top));
    return new Choice(indexOf(x, top), log, log);
  }

  /**
   * The likeliest ids, falling, the lower one first among equals.
   *
   * @param into ids, whose number says how many
   * @param probabilities of them, as many
   */
  void likeliest(float[] x, int[] into, float[] probabilities) {
    int count = 0;
    for (int id = 0; id < x.length; id++) {
      if (count < into.length || x[id] > x[into[count - 1]]) {
        int at = count < into.length ? count++ : count - 1;
        while (at > 0 && x[into[at - 1]] < x[id]) {
          into[at] = into[at - 1];
          at--;
        }
        into[at] = id;
      }
    }
    float top = exponentials.max(x);
    double total = exponentials.sum(x, top);
    for (int i = 0; i < into.length; i++) {
      double p = i < count ? StrictMath.exp(x[into[i]] - (double) top) / total : 0;
      probabilities[i] = (float) p;
    }
  }

  /**
   * Draws from all ids by the inverse of their cumulative weights, in id order.
   *
   * @param at a uniform number in [0, 1)
   * @param weights room for the logits rounded up to a multiple of eight
   */
  Choice draw(float[] x, double temperature, double at, float[] weights) {
    float top = exponentials.max(x);
    double total = exponentials.weights(x, top, (float) (1 / temperature), weights);
    double left = at * total;
    int last = 0;
    for (int i = 0; i < x.length && left >= 0; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
      }
    }
    double below = x[last] - (double) top;
    double model = temperature == 1 ? total : exponentials.sum(x, top);
    return new Choice(
        last, below / temperature - StrictMath.log(total), below - StrictMath.log(model));
  }

  /** Refuses a row from which no token can be chosen. */
  void requireFinite(float[] x, int sequence, int place) {
    if (exponentials.allFinite(x)) {
      return;
    }
    for (int i = 0; i < x.length; i++) {
      if (!Float.isFinite(x[i])) {
        throw Checks.refuse(
            "the model gives logit %s to id %d as token %d of sequence %d; its weights or its"
                + " adapter have diverged",
            x[i], i, place, sequence);
      }
    }
  }
}
