package org.seal4j.lora.merge;

import java.nio.FloatBuffer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.plan.Tensors;

/**
 * The span of the first left and right singular vectors of a weight W {@code [out, in]}, found by
 * subspace iteration from a random start (Halko, Martinsson and Tropp 2011, algorithm 4.4):
 * products with W in float32, orthogonal vectors in double precision. The start depends on the
 * shape alone, so equal weights have equal subspaces.
 */
final class MainSubspace {
  /** Directions that are carried along and dropped at the end. */
  private static final int MORE = 16;

  private static final int ITERATIONS = 4;

  private final double[][] left;
  private final double[][] right;

  private MainSubspace(double[][] left, double[][] right) {
    this.left = left;
    this.right = right;
  }

  /**
   * Finds it.
   *
   * @param weight {@code [out, in]}
   * @param size how many singular vectors of each side, at most the shorter side
   */
  static MainSubspace of(INDArray weight, int size) {
    int out = Math.toIntExact(weight.size(0));
    int in = Math.toIntExact(weight.size(1));
    int carried = Math.min(size + MORE, Math.min(out, in));
    double[][] right = orthogonal(start(carried, in));
    for (int i = 0; i < ITERATIONS; i++) {
      double[][] image = orthogonal(product(weight, false, right, out));
      if (image.length == 0) {
        return new MainSubspace(image, image); // a weight of zeros has no direction
      }
      right = orthogonal(product(weight, true, image, in));
    }
    // W is W Q Q^T on the span of Q: the SVD of the thin W Q = Y gives its vectors.
    ThinQr y = new ThinQr(product(weight, false, right, out));
    SingularValueDecomposition small =
        new SingularValueDecomposition(new Array2DRowRealMatrix(y.coefficients(), false));
    int kept = Math.min(size, small.getSingularValues().length);
    return new MainSubspace(
        ThinQr.combined(y.directions(), small.getU().getData(), kept),
        ThinQr.combined(right, small.getV().getData(), kept));
  }

  private static double[][] start(int count, int length) {
    Rng rng = Seeds.of(1).child("subspace", count, length).rng();
    double[][] columns = new double[count][length];
    for (double[] column : columns) {
      for (int i = 0; i < length; i++) {
        column[i] = rng.nextGaussian();
      }
    }
    return columns;
  }

  private static double[][] orthogonal(double[][] columns) {
    return new ThinQr(columns).directions();
  }

  /** W or its transpose times each column. */
  private static double[][] product(
      INDArray weight, boolean transposed, double[][] columns, int length) {
    // Row k of X^T W^T is W x_k.
    try (INDArray x = Tensors.zeros(columns.length, columns[0].length);
        INDArray y = Tensors.zeros(columns.length, length)) {
      FloatBuffer to = Tensors.of(x).f();
      for (double[] column : columns) {
        for (double value : column) {
          to.put((float) value);
        }
      }
      x.mmuli(transposed ? weight : weight.transpose(), y);
      FloatBuffer from = Tensors.of(y).f();
      double[][] images = new double[columns.length][length];
      for (double[] image : images) {
        for (int i = 0; i < length; i++) {
          image[i] = from.get();
        }
      }
      return images;
    }
  }

  /**
   * How far a singular component lies in it: the length of what is left of its left vector in the
   * span of W's, times the same for the right one. 1 is wholly, 0 is not at all.
   *
   * @param u left vector of length 1, {@code [out]}
   * @param v right vector of length 1, {@code [in]}
   */
  double similarity(double[] u, double[] v) {
    return Math.min(1, within(left, u) * within(right, v));
  }

  private static double within(double[][] basis, double[] vector) {
    double squares = 0;
    for (double[] direction : basis) {
      double along = ThinQr.dot(direction, vector);
      squares += along * along;
    }
    return Math.sqrt(squares);
  }
}
