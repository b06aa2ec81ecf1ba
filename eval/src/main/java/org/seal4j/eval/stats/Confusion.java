package org.seal4j.eval.stats;

import org.seal4j.data.check.Checks;

/**
 * How often one yes-or-no rating meets another that counts as the truth.
 *
 * @param truePositives both say yes
 * @param falsePositives only the rating says yes
 * @param falseNegatives only the truth says yes
 * @param trueNegatives both say no
 */
public record Confusion(
    int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {
  /** Nothing rated yet. */
  public static final Confusion NONE = new Confusion(0, 0, 0, 0);

  public Confusion {
    Checks.require(
        truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0 && trueNegatives >= 0,
        "counts must be >= 0 but were %d, %d, %d, %d",
        truePositives,
        falsePositives,
        falseNegatives,
        trueNegatives);
  }

  /** With one item more. */
  public Confusion and(boolean rating, boolean truth) {
    return plus(
        new Confusion(
            rating && truth ? 1 : 0,
            rating && !truth ? 1 : 0,
            !rating && truth ? 1 : 0,
            !rating && !truth ? 1 : 0));
  }

  /** The items of both together. */
  public Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }

  /** Number of items. */
  public int n() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  /** Share of items on which both say the same; 0 without items. */
  public double agreement() {
    return share(truePositives + trueNegatives, n());
  }

  /** Share of the rating's yes that is true; 0 where it never says yes. */
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** Share of the true yes that the rating finds; 0 where there is none. */
  public double recall() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** Cohen's kappa (1960): agreement beyond chance; 0 where one and the same label is given. */
  public double kappa() {
    double n = n();
    double ratedYes = share(truePositives + falsePositives, n());
    double trueYes = share(truePositives + falseNegatives, n());
    double chance = ratedYes * trueYes + (1 - ratedYes) * (1 - trueYes);
    return n == 0 || chance >= 1 ? 0 : (agreement() - chance) / (1 - chance);
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
