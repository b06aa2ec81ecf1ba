package org.seal4j.rl.reward;

import org.seal4j.data.check.Checks;

/**
 * Ridge regression (Hoerl and Kennard 1970): the weights w that minimise {@code |X w - y|^2 +
 * penalty |w|^2}, exactly, by the Cholesky factor of {@code X'X + penalty I}. Double precision in a
 * fixed order, so that the bits depend on the numbers alone.
 */
final class Ridge {
  private Ridge() {}

  /**
   * @param x rows of features {@code [n][p]}
   * @param y what is predicted {@code [n]}
   * @param penalty above 0
   * @return w {@code [p]}
   */
  static double[] fit(double[][] x, double[] y, double penalty) {
    Checks.require(
        penalty > 0, "the penalty of a ridge regression must be > 0 but was %s", penalty);
    int p = x.length == 0 ? 0 : x[0].length;
    double[][] a = new double[p][p];
    double[] w = new double[p];
    for (int row = 0; row < x.length; row++) {
      double[] features = x[row];
      for (int i = 0; i < p; i++) {
        if (features[i] != 0) {
          w[i] += features[i] * y[row];
          for (int j = 0; j <= i; j++) {
            a[i][j] += features[i] * features[j];
          }
        }
      }
    }
    for (int i = 0; i < p; i++) {
      a[i][i] += penalty;
    }
    factor(a);
    solve(a, w);
    return w;
  }

  /** Replaces the lower half of a positive definite matrix by its Cholesky factor. */
  private static void factor(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
  }

  /** Replaces b by the solution of {@code L L' x = b}. */
  private static void solve(double[][] l, double[] b) {
    for (int i = 0; i < b.length; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= l[i][k] * b[k];
      }
      b[i] /= l[i][i];
    }
    for (int i = b.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < b.length; k++) {
        b[i] -= l[k][i] * b[k];
      }
      b[i] /= l[i][i];
    }
  }

  /** The sum of features times weights. */
  static double product(double[] features, double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += features[i] * weights[i];
    }
    return sum;
  }
}
