package org.seal4j.model.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;

/** Matrices in double precision by the schoolbook, to check the fast ones against. */
final class PlainMatrix {
  private PlainMatrix() {}

  static double[][] random(int rows, int columns, Rng rng) {
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) rng.nextGaussian();
      }
    }
    return x;
  }

  static INDArray array(double[][] x) {
    return Nd4j.createFromArray(x).castTo(DataType.FLOAT);
  }

  static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  /** {@code a * x + b * y}. */
  static double[][] sum(double a, double[][] x, double b, double[][] y) {
    double[][] z = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < z[i].length; j++) {
        z[i][j] = a * x[i][j] + b * y[i][j];
      }
    }
    return z;
  }

  static double norm(double[][] x) {
    double sum = 0;
    for (double[] row : x) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  /** Singular values, by Jacobi rotations of the smaller Gram matrix. */
  static double[] singularValues(double[][] x) {
    double[][] g = x.length <= x[0].length ? product(x, transposed(x)) : product(transposed(x), x);
    int n = g.length;
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double angle = 0.5 * Math.atan2(2 * g[p][q], g[q][q] - g[p][p]);
          double c = Math.cos(angle);
          double s = Math.sin(angle);
          for (int k = 0; k < n; k++) {
            double gp = g[p][k];
            g[p][k] = c * gp - s * g[q][k];
            g[q][k] = s * gp + c * g[q][k];
          }
          for (int k = 0; k < n; k++) {
            double gp = g[k][p];
            g[k][p] = c * gp - s * g[k][q];
            g[k][q] = s * gp + c * g[k][q];
          }
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.sqrt(Math.max(0, g[i][i]));
    }
    return values;
  }
}
