package org.seal4j.eval.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;

/**
 * What a policy's choice between a few values says of the task it was made for, in bits (Shannon
 * 1948). With the distribution of the choice for each task, and all tasks equally likely, the
 * mutual information of task and choice is the entropy of the mean distribution minus the mean of
 * the entropies. It is zero for a policy that chooses the same way whatever it reads, decided or
 * not.
 *
 * @param entropy mean over tasks of the entropy of the choice: how undecided the policy is when it
 *     has read the task
 * @param marginal entropy of the mean distribution: how different choices are over all tasks
 * @param kinds mutual information of the task's kind and the choice
 */
public record ChoiceInformation(double entropy, double marginal, double kinds) {

  /**
   * Of the distributions for some tasks.
   *
   * @param kindOf the kind of each task {@code [t]}
   * @param distributions for each task the probabilities of the values, which sum to 1 {@code [t,
   *     v]}
   */
  public static ChoiceInformation of(List<String> kindOf, List<double[]> distributions) {
    Checks.require(
        kindOf.size() == distributions.size() && !distributions.isEmpty(),
        "the information of a choice needs a kind and a distribution for each task, got %d and %d",
        kindOf.size(),
        distributions.size());
    Map<String, List<double[]>> byKind = new LinkedHashMap<>();
    for (int t = 0; t < kindOf.size(); t++) {
      byKind.computeIfAbsent(kindOf.get(t), kind -> new ArrayList<>()).add(distributions.get(t));
    }
    double n = distributions.size();
    double entropy = 0;
    for (double[] one : distributions) {
      entropy += entropy(one) / n;
    }
    double marginal = entropy(mean(distributions));
    double ofKinds = marginal;
    for (List<double[]> kind : byKind.values()) {
      ofKinds -= kind.size() / n * entropy(mean(kind));
    }
    return new ChoiceInformation(entropy, marginal, Math.max(0, ofKinds));
  }

  /** Mutual information of task and choice; never below zero. */
  public double tasks() {
    return Math.max(0, marginal - entropy);
  }

  /** Entropy of one distribution in bits. */
  public static double entropy(double[] probabilities) {
    double sum = 0;
    double bits = 0;
    for (double p : probabilities) {
      Checks.require(p >= 0, "a probability must be >= 0 but was %s", p);
      sum += p;
      bits -= p == 0 ? 0 : p * StrictMath.log(p) / StrictMath.log(2);
    }
    Checks.require(Math.abs(sum - 1) < 1e-6, "probabilities must sum to 1 but sum to %s", sum);
    return Math.max(0, bits);
  }

  /** The mean distribution {@code [v]}. */
  public static double[] mean(List<double[]> distributions) {
    double[] mean = new double[distributions.get(0).length];
    for (double[] one : distributions) {
      for (int v = 0; v < mean.length; v++) {
        mean[v] += one[v] / distributions.size();
      }
    }
    return mean;
  }
}
