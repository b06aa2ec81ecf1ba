package org.seal4j.rl.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;

/**
 * Predicts by how much a self-edit is worth more than others of its context, from those that were
 * examined so far: a linear function of its features, by ridge regression. Features and worths are
 * taken less their means within the context, so that it is not misled by contexts that are easy.
 *
 * <p>The penalty is the one of a fixed list that predicts best the contexts of one fifth from those
 * of the others; of equal ones the largest.
 */
public final class LearnedReward {
  private static final double[] PENALTIES = {1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1};
  private static final int FOLDS = 5;

  private final Map<String, List<Line>> contexts = new LinkedHashMap<>();
  private double[] weights = {};
  private double penalty = PENALTIES[0];
  private int rows;

  /** Features of every self-edit; below 0 before the first. */
  private int size = -1;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(double[] features, double worth) {}

  /** The lines of some contexts, each context's less its means. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Centred(double[][] x, double[] y) {}

  /** Self-edits that it has learned from. */
  public int rows() {
    return rows;
  }

  /** The penalty of the last fit. */
  public double penalty() {
    return penalty;
  }

  /** Whether it has seen self-edits of one context that were worth different things. */
  public boolean isInformed() {
    for (double weight : weights) {
      if (weight != 0) {
        return true;
      }
    }
    return false;
  }

  /** The prediction; comparable within a context alone. 0 before anything is known. */
  public double predict(double[] features) {
    requireSize(features);
    return Ridge.product(features, weights);
  }

  private void requireSize(double[] features) {
    Checks.require(
        size < 0 || features.length == size,
        "a self-edit has %d features, but those before it had %d",
        features.length,
        size);
  }

  /**
   * Takes a self-edit into the log; {@link #fit()} learns from it.
   *
   * @param worth any number; minus infinity for what failed, which counts as the worst of all
   */
  public void add(String context, double[] features, double worth) {
    Checks.require(
        worth < Double.POSITIVE_INFINITY,
        "the worth of a self-edit of %s must be a number or minus infinity but was %s",
        context,
        worth);
    requireSize(features);
    size = features.length;
    contexts.computeIfAbsent(context, id -> new ArrayList<>()).add(new Line(features, worth));
    rows++;
  }

  /** Learns from all that is in the log. */
  public void fit() {
    List<List<Line>> all = List.copyOf(contexts.values());
    double least = least(all);
    double best = Double.POSITIVE_INFINITY;
    penalty = PENALTIES[0];
    for (double candidate : all.size() < 2 ? new double[0] : PENALTIES) {
      double error = error(all, least, candidate);
      if (error < best) {
        best = error;
        penalty = candidate;
      }
    }
    Centred everything = centred(all, least);
    weights = Ridge.fit(everything.x, everything.y, penalty);
  }

  private static double least(List<List<Line>> contexts) {
    return contexts.stream()
        .flatMap(List::stream)
        .mapToDouble(Line::worth)
        .filter(Double::isFinite)
        .min()
        .orElse(0);
  }

  /** Sum of the squared errors of what each fifth of the contexts is predicted from the others. */
  private static double error(List<List<Line>> all, double least, double penalty) {
    double error = 0;
    int folds = Math.min(FOLDS, all.size());
    for (int fold = 0; fold < folds; fold++) {
      List<List<Line>> known = new ArrayList<>();
      List<List<Line>> asked = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        (i % folds == fold ? asked : known).add(all.get(i));
      }
      Centred from = centred(known, least);
      Centred to = centred(asked, least);
      double[] weights = Ridge.fit(from.x, from.y, penalty);
      for (int i = 0; i < to.y.length; i++) {
        double miss = to.y[i] - Ridge.product(to.x[i], weights);
        error += miss * miss;
      }
    }
    return error;
  }

  private static Centred centred(List<List<Line>> contexts, double least) {
    List<double[]> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (List<Line> lines : contexts) {
      double[] mean = new double[lines.get(0).features.length];
      double worth = 0;
      for (Line line : lines) {
        worth += Math.max(least, line.worth) / lines.size();
        for (int i = 0; i < mean.length; i++) {
          mean[i] += line.features[i] / lines.size();
        }
      }
      for (Line line : lines) {
        double[] less = Arrays.copyOf(line.features, mean.length);
        for (int i = 0; i < mean.length; i++) {
          less[i] -= mean[i];
        }
        x.add(less);
        y.add(Math.max(least, line.worth) - worth);
      }
    }
    return new Centred(
        x.toArray(double[][]::new), y.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
