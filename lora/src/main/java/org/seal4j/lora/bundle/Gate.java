package org.seal4j.lora.bundle;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Says whether a question is about anything that a bundle knows: whether the evidence of a router
 * is enough. A threshold belongs to one router and the passages it was set for.
 *
 * @param threshold evidence from which on a question counts as known
 * @param known questions about the passages that it was set by
 * @param knownPassed those among them that pass
 * @param unknown questions about other things
 * @param unknownPassed those among them that pass
 */
public record Gate(double threshold, int known, int knownPassed, int unknown, int unknownPassed) {
  /** Below every evidence: the scales of routers begin at -1. */
  private static final double ALL = -1;

  /** Lets every question through. */
  public static Gate open() {
    return new Gate(ALL, 0, 0, 0, 0);
  }

  /**
   * Sets the threshold: halfway between two neighbouring evidences, where the share of known
   * questions that pass, less the share of others that pass, is largest (Youden 1950, "Index for
   * rating diagnostic tests"); of equal places the lowest. Without known questions it lies just
   * above every other evidence, without others it lets everything through.
   *
   * @param known evidence of questions about the passages
   * @param unknown evidence of questions about other things
   */
  public static Gate between(List<Double> known, List<Double> unknown) {
    double[] all =
        DoubleStream.concat(
                known.stream().mapToDouble(Double::doubleValue),
                unknown.stream().mapToDouble(Double::doubleValue))
            .sorted()
            .distinct()
            .toArray();
    if (unknown.isEmpty()) {
      return new Gate(ALL, known.size(), known.size(), 0, 0);
    }
    double highest = Math.nextUp(all[all.length - 1]);
    double best = known.isEmpty() ? highest : ALL;
    for (int i = 0; i + 1 < all.length && !known.isEmpty(); i++) {
      double halfway = all[i] + (all[i + 1] - all[i]) / 2;
      best = youden(known, unknown, halfway) > youden(known, unknown, best) ? halfway : best;
    }
    return new Gate(best, known.size(), passed(known, best), unknown.size(), passed(unknown, best));
  }

  private static double youden(List<Double> known, List<Double> unknown, double threshold) {
    return (double) passed(known, threshold) / known.size()
        - (double) passed(unknown, threshold) / unknown.size();
  }

  private static int passed(List<Double> evidence, double threshold) {
    return (int) evidence.stream().filter(one -> one >= threshold).count();
  }

  /** Whether so much evidence is enough. */
  public boolean passes(double evidence) {
    return evidence >= threshold;
  }

  /** For a person. */
  public String sentence() {
    return unknown == 0
        ? "lets every question through"
        : "from evidence %s on; so %d of %d questions about the passages pass, and %d of %d others"
            .formatted(
                String.format(Locale.ROOT, "%.3f", threshold),
                knownPassed,
                known,
                unknownPassed,
                unknown);
  }
}
