package org.seal4j.eval.stats;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * How much of a reward is chance (docs/seal.md §4.2): how far edits of a context lie apart, how far
 * repetitions of one edit do, and what choosing the best of several edits is worth on repetitions
 * that had no part in the choice.
 *
 * @param between standard deviation between the mean rewards of a context's edits, averaged over
 *     contexts
 * @param within standard deviation between repetitions of one edit, averaged over edits
 * @param apparentLift reward of the best edit minus the mean of the context's edits, both on the
 *     repetitions that it was chosen by
 * @param trueLift the same two on the repetition that was kept out of the choice; every repetition
 *     is kept out once. The difference of the two lifts is the winner's curse
 * @param contexts number of contexts
 * @param repeats repetitions of each edit
 */
public record RewardNoise(
    double between,
    double within,
    double apparentLift,
    double trueLift,
    int contexts,
    int repeats) {

  /**
   * Measures rewards.
   *
   * @param rewards of each context the edits, of each edit the repetitions; at least one context,
   *     two edits each, two repetitions each, of all edits equally many
   */
  public static RewardNoise of(List<List<List<Double>>> rewards) {
    Checks.require(!rewards.isEmpty(), "the noise of a reward needs at least one context");
    int repeats = rewards.get(0).isEmpty() ? 0 : rewards.get(0).get(0).size();
    double between = 0;
    double within = 0;
    double apparent = 0;
    double honest = 0;
    int edits = 0;
    for (List<List<Double>> context : rewards) {
      Checks.require(
          context.size() >= 2
              && repeats >= 2
              && context.stream().allMatch(edit -> edit.size() == repeats),
          "the noise of a reward needs two edits per context and equally many repetitions >= 2 of"
              + " each, got %s",
          context);
      double[] means = context.stream().mapToDouble(RewardNoise::mean).toArray();
      between += deviation(means);
      for (List<Double> edit : context) {
        within += deviation(edit.stream().mapToDouble(Double::doubleValue).toArray());
        edits++;
      }
      for (int out = 0; out < repeats; out++) {
        apparent += lift(context, out, false) / repeats;
        honest += lift(context, out, true) / repeats;
      }
    }
    int n = rewards.size();
    return new RewardNoise(between / n, within / edits, apparent / n, honest / n, n, repeats);
  }

  /** What the edit that is best without this repetition is above the mean of all. */
  private static double lift(List<List<Double>> context, int out, boolean onKeptOut) {
    int best = 0;
    double[] chosenBy = new double[context.size()];
    double[] keptOut = new double[context.size()];
    for (int e = 0; e < context.size(); e++) {
      List<Double> edit = context.get(e);
      double total = edit.stream().mapToDouble(Double::doubleValue).sum();
      chosenBy[e] = (total - edit.get(out)) / (edit.size() - 1);
      keptOut[e] = edit.get(out);
      best = chosenBy[e] > chosenBy[best] ? e : best;
    }
    double[] shown = onKeptOut ? keptOut : chosenBy;
    return shown[best] - java.util.Arrays.stream(shown).average().orElse(0);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static double deviation(double[] values) {
    return new org.apache.commons.math3.stat.descriptive.moment.StandardDeviation()
        .evaluate(values);
  }
}
