package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

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
    super(g, signature(g.shape(a).length, transposeA, transposeB, groups), a, b);
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.groups = groups;
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

  private static String signature(int rank, boolean ta, boolean tb, int groups) {
    String n = rank == 3 && groups == 1 ? "n, " : "";
    String m = groups == 1 ? "m" : groups + "*m";
    return "matmul(a [%s], b [%s]) -> [%s]"
        .formatted(n + (ta ? "k, " + m : m + ", k"), n + (tb ? "l, k" : "k, l"), n + m + ", l");
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
  public int columnInput() {
    boolean rows = transposeB && !transposeA && graph().shape(arg(1)).length == 2;
    return rows && graph().shape(arg(0)).length == 2 ? 1 : -1;
  }

  @Override
  public boolean accumulates() {
    return true;
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
