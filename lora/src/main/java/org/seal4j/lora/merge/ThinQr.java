package org.seal4j.lora.merge;

import java.util.Arrays;

/**
 * The thin QR decomposition of a tall matrix by modified Gram-Schmidt, twice for each column, which
 * makes the columns orthogonal to rounding (Giraud et al. 2005). Columns that depend on earlier
 * ones add no direction, so there may be fewer directions than columns.
 */
final class ThinQr {
  /** What is left of a column that depends on others is rounding. */
  private static final double DEPENDENT = 1e-12;

  private final double[][] directions;
  private final double[][] coefficients;
  private final int rank;

  /**
   * @param columns {@code [r][n]}; they stay as they are
   */
  ThinQr(double[][] columns) {
    int r = columns.length;
    double[][] found = new double[r][];
    coefficients = new double[r][r];
    int size = 0;
    for (int j = 0; j < r; j++) {
      double[] rest = columns[j].clone();
      double whole = norm(rest);
      for (int pass = 0; pass < 2; pass++) {
        for (int d = 0; d < size; d++) {
          double along = dot(found[d], rest);
          coefficients[d][j] += along;
          add(rest, -along, found[d]);
        }
      }
      double left = norm(rest);
      if (left > DEPENDENT * whole) {
        coefficients[size][j] = left;
        scale(rest, 1 / left);
        found[size++] = rest;
      }
    }
    rank = size;
    directions = Arrays.copyOf(found, size);
  }

  /** Orthonormal directions {@code [q][n]}, q at most r. */
  double[][] directions() {
    return directions;
  }

  /** {@code [q][r]}: column j is the sum of directions with these numbers. */
  double[][] coefficients() {
    return Arrays.copyOf(coefficients, rank);
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  static void add(double[] sum, double factor, double[] x) {
    for (int i = 0; i < x.length; i++) {
      sum[i] += factor * x[i];
    }
  }

  private static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  /** {@code [p][n]}: for each column of the weights {@code [m][p]} the sum of these m vectors. */
  static double[][] combined(double[][] vectors, double[][] weights, int count) {
    double[][] sums = new double[count][];
    for (int p = 0; p < count; p++) {
      double[] sum = new double[vectors[0].length];
      for (int m = 0; m < vectors.length; m++) {
        add(sum, weights[m][p], vectors[m]);
      }
      sums[p] = sum;
    }
    return sums;
  }
}
