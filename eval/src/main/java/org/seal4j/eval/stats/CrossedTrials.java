package org.seal4j.eval.stats;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;

/**
 * Configurations that were all tried on all tasks, each several times, and what it is worth to
 * choose among them by this or that knowledge: nothing is tried again. Every choice is by the mean
 * value, ties by the mean of a finer measure, then by the lower index. A choice for a task never
 * uses the trials that it is judged by, except where the name says so.
 *
 * <p>Letters: t tasks, c configurations, r repetitions.
 */
public final class CrossedTrials {
  private final List<String> kinds;
  private final double[][][] values;
  private final double[][][] finer;
  private final int configurations;
  private final int repeats;

  /**
   * Takes what was measured.
   *
   * @param kinds the kind of each task {@code [t]}
   * @param values what counts {@code [t, c, r]}, finite
   * @param finer what decides between equal values {@code [t, c, r]}, no NaN; may be the values
   */
  public CrossedTrials(List<String> kinds, double[][][] values, double[][][] finer) {
    this.kinds = List.copyOf(kinds);
    this.configurations = values.length == 0 ? 0 : values[0].length;
    this.repeats = configurations == 0 ? 0 : values[0][0].length;
    this.values = copy("values", values);
    this.finer = copy("finer values", finer);
  }

  private double[][][] copy(String what, double[][][] given) {
    Checks.require(
        given.length == kinds.size() && configurations >= 1 && repeats >= 1,
        "crossed trials need a task of each kind named, a configuration and a repetition but got %d"
            + " tasks with %d kinds",
        given.length,
        kinds.size());
    double[][][] copy = new double[given.length][][];
    for (int t = 0; t < given.length; t++) {
      copy[t] = new double[configurations][];
      for (int c = 0; c < configurations; c++) {
        boolean complete = given[t].length == configurations && given[t][c].length == repeats;
        Checks.require(
            complete && Arrays.stream(given[t][c]).noneMatch(Double::isNaN),
            "%s of crossed trials must be there for all %d configurations and %d repetitions, but"
                + " those of task %d are not",
            what,
            configurations,
            repeats,
            t);
        copy[t][c] = given[t][c].clone();
      }
    }
    return copy;
  }

  /** Number of tasks. */
  public int tasks() {
    return kinds.size();
  }

  /** Number of configurations. */
  public int configurations() {
    return configurations;
  }

  /** Number of repetitions of each. */
  public int repeats() {
    return repeats;
  }

  /** The kind of each task {@code [t]}. */
  public List<String> kinds() {
    return kinds;
  }

  /** Mean of all configurations, task by task {@code [t]}: a configuration drawn by chance. */
  public double[] random() {
    double[] all = new double[tasks()];
    for (int t = 0; t < all.length; t++) {
      for (int c = 0; c < configurations; c++) {
        all[t] += mean(values[t][c], -1);
      }
      all[t] /= configurations;
    }
    return all;
  }

  /** One configuration, task by task {@code [t]}. */
  public double[] fixed(int configuration) {
    double[] all = new double[tasks()];
    Arrays.setAll(all, t -> mean(values[t][configuration], -1));
    return all;
  }

  /** The best configuration of all tasks. */
  public int best() {
    return best(t -> true, -1);
  }

  /** The configuration that is chosen for each task on the tasks of all other kinds {@code [t]}. */
  public int[] chosenOnOtherKinds() {
    Checks.require(
        kinds.stream().distinct().count() >= 2,
        "a choice on other kinds needs tasks of at least two kinds but all are %s",
        kinds.get(0));
    int[] chosen = new int[tasks()];
    Arrays.setAll(chosen, t -> best(other -> !kinds.get(other).equals(kinds.get(t)), -1));
    return chosen;
  }

  /**
   * The configuration that is chosen for each task on the other tasks of its kind {@code [t]}; −1
   * where it is the only one of its kind.
   */
  public int[] chosenOnItsKind() {
    int[] chosen = new int[tasks()];
    for (int task = 0; task < chosen.length; task++) {
      int own = task;
      IntPredicate others = other -> other != own && kinds.get(other).equals(kinds.get(own));
      boolean any = IntStream.range(0, tasks()).anyMatch(others);
      chosen[task] = any ? best(others, -1) : -1;
    }
    return chosen;
  }

  /** What these configurations give, one for each task {@code [t]}. */
  public double[] of(int[] chosen) {
    double[] all = new double[tasks()];
    Arrays.setAll(all, t -> mean(values[t][chosen[t]], -1));
    return all;
  }

  /**
   * The best configuration of each task, chosen by all repetitions but one and judged by that one;
   * each is left out in turn {@code [t]}. It chooses by fewer trials than there are, so that its
   * mean is at most what the truly best configurations would give.
   */
  public double[] oracle() {
    Checks.require(
        repeats >= 2,
        "an oracle that is examined anew needs 2 repetitions but there is %d",
        repeats);
    double[] all = new double[tasks()];
    for (int task = 0; task < all.length; task++) {
      int own = task;
      for (int out = 0; out < repeats; out++) {
        all[task] += values[task][best(t -> t == own, out)][out] / repeats;
      }
    }
    return all;
  }

  /**
   * The best mean of each task, judged by the trials that it was chosen by {@code [t]}: too high by
   * the winner's curse, so that its mean is at least what the truly best configurations would give.
   */
  public double[] apparentOracle() {
    double[] all = new double[tasks()];
    for (int task = 0; task < all.length; task++) {
      int own = task;
      all[task] = mean(values[task][best(t -> t == own, -1)], -1);
    }
    return all;
  }

  /**
   * The configuration with the best mean over these tasks.
   *
   * @param out the repetition that is left out; −1 for none
   */
  private int best(IntPredicate tasks, int out) {
    int best = 0;
    double[] top = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int c = 0; c < configurations; c++) {
      double value = 0;
      double fine = 0;
      for (int t = 0; t < tasks(); t++) {
        if (tasks.test(t)) {
          value += mean(values[t][c], out);
          fine += mean(finer[t][c], out);
        }
      }
      if (value > top[0] || (value == top[0] && fine > top[1])) {
        best = c;
        top[0] = value;
        top[1] = fine;
      }
    }
    return best;
  }

  private static double mean(double[] repeats, int out) {
    double sum = 0;
    for (int r = 0; r < repeats.length; r++) {
      sum += r == out ? 0 : repeats[r];
    }
    return sum / (out < 0 ? repeats.length : repeats.length - 1);
  }
}
