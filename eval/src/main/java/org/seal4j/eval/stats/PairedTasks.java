package org.seal4j.eval.stats;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The differences of two conditions, one for each task: what a paired test looks at. Trials of one
 * task are averaged first, so that tasks count alike and are the only independent units.
 *
 * @param mean over tasks
 * @param error standard error of the mean, from the spread between tasks
 * @param tasks how many
 */
record PairedTasks(double mean, double error, int tasks) {

  static PairedTasks of(List<Outcome> after, List<Outcome> before) {
    TaskSums left = TaskSums.of(after);
    TaskSums right = TaskSums.of(before);
    left.requireSameTasks(right);
    int n = left.size();
    double[] differences = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      differences[i] = left.mean(new int[] {i}) - right.mean(new int[] {i});
      mean += differences[i] / n;
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    return new PairedTasks(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n), n);
  }

  /** Quantile of Student's distribution with a degree of freedom for each task but one. */
  static double student(int tasks, double probability) {
    return new TDistribution(null, tasks - 1).inverseCumulativeProbability(probability);
  }
}
