package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;

/**
 * One row of logits on the heap and what is asked of it. In double precision and with {@link
 * StrictMath}, so that the same logits give the same bits on every machine.
 */
final class Logits {
  private Logits() {}

  /** The id of the largest logit, the lowest among equals. */
  static int argMax(float[] x) {
    int best = 0;
    for (int i = 1; i < x.length; i++) {
      if (x[i] > x[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Logarithm of the sum of exponentials. */
  static double logSumExp(float[] x) {
    double top = x[argMax(x)];
    double sum = 0;
    for (float value : x) {
      sum += StrictMath.exp(value - top);
    }
    return top + StrictMath.log(sum);
  }

  /** Refuses a row from which no token can be chosen. */
  static void requireFinite(float[] x, int sequence, int place) {
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
