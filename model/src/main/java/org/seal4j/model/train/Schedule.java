package org.seal4j.model.train;

/** How the learning rate moves over the steps of a run, after a linear warm-up. */
public enum Schedule {
  /** Stays at its peak. */
  CONSTANT,
  /** Falls in a straight line to 0. */
  LINEAR,
  /** Falls along half a cosine to 0. */
  COSINE;

  /**
   * The factor on the peak learning rate.
   *
   * @param step number of the step, from 0
   * @param warmup steps of linear warm-up: step i of them has factor {@code (i + 1) / (warmup + 1)}
   * @param total steps of the whole run
   */
  public double factor(long step, long warmup, long total) {
    if (step < warmup) {
      return (step + 1.0) / (warmup + 1.0);
    }
    double done = (double) (step - warmup) / Math.max(1, total - warmup);
    return switch (this) {
      case CONSTANT -> 1;
      case LINEAR -> Math.max(0, 1 - done);
      case COSINE -> 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, done)));
    };
  }
}
