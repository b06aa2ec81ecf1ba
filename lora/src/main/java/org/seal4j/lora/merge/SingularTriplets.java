package org.seal4j.lora.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The singular values of an update that are not zero, falling, each with its left vector {@code
 * [out]} and its right vector {@code [in]}. Found from the thin factors: QR of both, then the SVD
 * of the small matrix between them, in double precision.
 */
public final class SingularTriplets {
  /** A singular value is zero where it is rounding of the products that are summed. */
  private static final double ZERO = 1e-14;

  private final int out;
  private final int in;
  private final List<Triplet> triplets;

  /**
   * One of them.
   *
   * @param value above 0
   * @param left of length 1, {@code [out]}
   * @param right of length 1, {@code [in]}
   */
  @SuppressWarnings("ArrayRecordComponent") // identity is never compared
  public record Triplet(double value, double[] left, double[] right) {}

  private SingularTriplets(int out, int in, List<Triplet> triplets) {
    this.out = out;
    this.in = in;
    this.triplets = List.copyOf(triplets);
  }

  static SingularTriplets of(LowRankUpdate update) {
    ThinQr left = new ThinQr(update.left());
    ThinQr right = new ThinQr(update.right());
    double[][] core = core(left.coefficients(), right.coefficients(), update.scale());
    List<Triplet> found = new ArrayList<>();
    if (core.length > 0 && core[0].length > 0) {
      SingularValueDecomposition small =
          new SingularValueDecomposition(new Array2DRowRealMatrix(core, false));
      double[] values = small.getSingularValues();
      double rounding =
          ZERO * Math.abs(update.scale()) * size(update.left()) * size(update.right());
      int count = (int) Arrays.stream(values).filter(value -> value > rounding).count();
      double[][] u = ThinQr.combined(left.directions(), small.getU().getData(), count);
      double[][] v = ThinQr.combined(right.directions(), small.getV().getData(), count);
      for (int k = 0; k < count; k++) {
        found.add(new Triplet(values[k], u[k], v[k]));
      }
    }
    return new SingularTriplets(update.out(), update.in(), found);
  }

  /** {@code scale * R_left R_right^T}. */
  private static double[][] core(double[][] left, double[][] right, double scale) {
    double[][] core = new double[left.length][right.length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        core[i][j] = scale * ThinQr.dot(left[i], right[j]);
      }
    }
    return core;
  }

  /** The Frobenius norm. */
  private static double size(double[][] columns) {
    return Math.sqrt(Arrays.stream(columns).mapToDouble(x -> ThinQr.dot(x, x)).sum());
  }

  /** All of them, the largest first. */
  public List<Triplet> all() {
    return triplets;
  }

  /** The largest ones: the best approximation of this rank (Eckart and Young 1936). */
  public SingularTriplets first(int rank) {
    return new SingularTriplets(out, in, triplets.subList(0, Math.min(rank, triplets.size())));
  }

  /** Those that pass. */
  SingularTriplets where(Predicate<Triplet> wanted) {
    return new SingularTriplets(out, in, triplets.stream().filter(wanted).toList());
  }

  /** That of their sum. */
  double squaredNorm() {
    return triplets.stream().mapToDouble(one -> one.value() * one.value()).sum();
  }

  /** Their sum. Both factors take the root of each value, so that neither is large. */
  public LowRankUpdate update() {
    double[][] left = new double[triplets.size()][];
    double[][] right = new double[triplets.size()][];
    for (int k = 0; k < left.length; k++) {
      double root = Math.sqrt(triplets.get(k).value());
      left[k] = times(triplets.get(k).left(), root);
      right[k] = times(triplets.get(k).right(), root);
    }
    return new LowRankUpdate(out, in, 1, left, right);
  }

  private static double[] times(double[] x, double factor) {
    double[] product = new double[x.length];
    ThinQr.add(product, factor, x);
    return product;
  }
}
