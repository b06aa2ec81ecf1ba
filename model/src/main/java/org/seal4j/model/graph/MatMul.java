package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;

/**
 * Matrix product {@code op(a) op(b)}, where op transposes the last two axes if asked to: {@code [m,
 * k] x [k, n]}, or n-fold side by side {@code [n, m, k] x [n, k, l]}.
 *
 * <p>BLAS may choose other kernels, and so other bits, for other numbers of rows. With {@code
 * groups} of rows, each group is one call of its own, so that a group's result does not depend on
 * its neighbours.
 */
public final class MatMul extends NativeOp {
  private final boolean transposeA;
  private final boolean transposeB;
  private final int groups;

  private MatMul(
      Graph g, SDVariable a, SDVariable b, boolean transposeA, boolean transposeB, int groups) {
    super(g, List.of(a, b), shape(g.shape(a), g.shape(b), transposeA, transposeB));
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.groups = groups;
    Checks.require(
        groups == 1 || (g.shape(a).length == 2 && !transposeA && g.shape(a)[0] % groups == 0),
        "the rows of %s %s cannot be split into %d equal groups",
        a.name(),
        java.util.Arrays.toString(g.shape(a)),
        groups);
    addIArgument(transposeA ? 1 : 0, transposeB ? 1 : 0, 0);
  }

  /** {@code op(a) op(b)} in one call. */
  public static SDVariable of(
      Graph g, SDVariable a, SDVariable b, boolean transposeA, boolean transposeB) {
    return new MatMul(g, a, b, transposeA, transposeB, 1).output();
  }

  /** {@code x w^T}: in x {@code [rows, in]}, w {@code [out, in]}; out {@code [rows, out]}. */
  public static SDVariable linear(Graph g, SDVariable x, SDVariable w, int groups) {
    return new MatMul(g, x, w, false, true, groups).output();
  }

  private static long[] shape(long[] a, long[] b, boolean ta, boolean tb) {
    int n = a.length;
    long m = a[ta ? n - 1 : n - 2];
    long ka = a[ta ? n - 2 : n - 1];
    long kb = b[tb ? n - 1 : n - 2];
    long l = b[tb ? n - 2 : n - 1];
    Checks.require(
        a.length == b.length && (n == 2 || n == 3) && ka == kb && (n == 2 || a[0] == b[0]),
        "matrix product of %s%s and %s%s is not defined",
        java.util.Arrays.toString(a),
        ta ? "^T" : "",
        java.util.Arrays.toString(b),
        tb ? "^T" : "");
    return n == 2 ? new long[] {m, l} : new long[] {a[0], m, l};
  }

  @Override
  public String opName() {
    return "matmul";
  }

  @Override
  public long[] integerArguments() {
    return new long[] {transposeA ? 1 : 0, transposeB ? 1 : 0, 0};
  }

  @Override
  public int rowGroups() {
    return groups;
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dy = required(upstream);
    SDVariable a = arg(0);
    SDVariable b = arg(1);
    SDVariable da = null;
    SDVariable db = null;
    if (needed[0]) {
      da =
          transposeA
              ? of(graph(), b, dy, transposeB, true)
              : new MatMul(graph(), dy, b, false, !transposeB, groups).output();
    }
    if (needed[1]) {
      db =
          transposeB
              ? of(graph(), dy, a, true, transposeA)
              : of(graph(), a, dy, !transposeA, false);
    }
    return of(da, db);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    return new SDVariable[] {target.mmul(in[0], in[1], transposeA, transposeB, false)};
  }
}
