package org.seal4j.eval.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;

/**
 * Where a reward's variance comes from, of configurations that were all tried on all tasks, each
 * several times: tasks belong to kinds, configurations are crossed with both. Estimates are those
 * of the analysis of variance (Henderson's method I, 1953): mean squares minus what other sources
 * contribute to them; below zero they are set to zero. A source without degrees of freedom, such as
 * repetitions of which there is one each, is NaN and counts as none in the others.
 *
 * @param kinds some kinds of tasks are easier, whatever the configuration
 * @param tasks some tasks of a kind are easier
 * @param configurations some configurations are better, whatever the task: what one fixed choice
 *     can take
 * @param byKind kinds need different configurations: what a choice by kind can take beyond
 * @param byTask tasks of a kind need different configurations: what reading the task can take
 *     beyond
 * @param repeats trainings of one configuration on one task differ: chance, which no choice takes
 */
public record VarianceComponents(
    double kinds,
    double tasks,
    double configurations,
    double byKind,
    double byTask,
    double repeats) {

  /**
   * Measures.
   *
   * @param kinds the kind of each task {@code [t]}
   * @param values finite {@code [t, c, r]}; of all configurations and repetitions equally many
   */
  public static VarianceComponents of(List<String> kinds, double[][][] values) {
    Checks.require(
        kinds.size() == values.length && values.length >= 1 && values[0].length >= 1,
        "variance components need a kind for each task and a configuration, got %d kinds, %d tasks",
        kinds.size(),
        values.length);
    return new Squares(kinds, values).components();
  }

  /** What differs between the trials of one task: all but what makes tasks easy or hard. */
  public double withinTask() {
    return none(configurations) + none(byKind) + none(byTask) + none(repeats);
  }

  /** A component as a share of what differs within a task; NaN where nothing does. */
  public double share(double component) {
    return component / withinTask();
  }

  private static double none(double component) {
    return Double.isNaN(component) ? 0 : component;
  }

  /** Means and sums of squares. */
  private static final class Squares {
    private final List<List<double[][]>> kinds = new ArrayList<>();
    private final int t;
    private final int c;
    private final int r;

    Squares(List<String> names, double[][][] values) {
      Map<String, List<double[][]>> byKind = new LinkedHashMap<>();
      for (int task = 0; task < values.length; task++) {
        byKind.computeIfAbsent(names.get(task), kind -> new ArrayList<>()).add(values[task]);
      }
      kinds.addAll(byKind.values());
      t = values.length;
      c = values[0].length;
      r = values[0][0].length;
    }

    VarianceComponents components() {
      List<double[][]> all = kinds.stream().flatMap(List::stream).toList();
      double grand = mean(all, -1);
      double ofKinds = 0;
      double ofTasks = 0;
      double ofConfigurations = 0;
      double ofKindsBy = 0;
      double ofTasksBy = 0;
      double ofRepeats = 0;
      double squaredSizes = 0;
      for (List<double[][]> kind : kinds) {
        int size = kind.size();
        squaredSizes += (double) size * size / t;
        double kindMean = mean(kind, -1);
        ofKinds += (double) size * c * r * square(kindMean - grand);
        for (int j = 0; j < c; j++) {
          double residual = mean(kind, j) - kindMean - mean(all, j) + grand;
          ofKindsBy += (double) size * r * square(residual);
        }
        for (double[][] task : kind) {
          double taskMean = mean(Collections.singletonList(task), -1);
          ofTasks += (double) c * r * square(taskMean - kindMean);
          for (int j = 0; j < c; j++) {
            double cell = mean(Collections.singletonList(task), j);
            ofTasksBy += r * square(cell - taskMean - mean(kind, j) + kindMean);
            for (double value : task[j]) {
              ofRepeats += square(value - cell);
            }
          }
        }
      }
      for (int j = 0; j < c; j++) {
        ofConfigurations += (double) t * r * square(mean(all, j) - grand);
      }
      int k = kinds.size();
      double perKind = (t - squaredSizes) / (k - 1);
      double repeats = ofRepeats / ((long) t * c * (r - 1));
      double tasksBy = ofTasksBy / ((long) (t - k) * (c - 1));
      double kindsBy = ofKindsBy / ((long) (k - 1) * (c - 1));
      double byTask = (tasksBy - none(repeats)) / r;
      double floor = none(repeats) + r * none(clip(byTask));
      double byKind = (kindsBy - floor) / (r * perKind);
      double configurations =
          (ofConfigurations / (c - 1) - floor - r * squaredSizes * none(clip(byKind)))
              / ((double) r * t);
      double tasks = (ofTasks / (t - k) - floor) / ((double) r * c);
      double ofKind =
          (ofKinds / (k - 1)
                  - floor
                  - (double) r * c * none(clip(tasks))
                  - r * perKind * none(clip(byKind)))
              / (r * c * perKind);
      return new VarianceComponents(
          clip(ofKind), clip(tasks), clip(configurations), clip(byKind), clip(byTask), repeats);
    }

    /** Mean over tasks and repetitions, of one configuration, or of all where it is −1. */
    private static double mean(List<double[][]> tasks, int configuration) {
      double sum = 0;
      long count = 0;
      for (double[][] task : tasks) {
        for (int j = 0; j < task.length; j++) {
          if (configuration < 0 || configuration == j) {
            for (double value : task[j]) {
              sum += value;
              count++;
            }
          }
        }
      }
      return sum / count;
    }

    private static double square(double x) {
      return x * x;
    }

    /** Not below zero; NaN stays, and no number of none is one. */
    private static double clip(double component) {
      return Double.isFinite(component) ? Math.max(0, component) : Double.NaN;
    }
  }
}
