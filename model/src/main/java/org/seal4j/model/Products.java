package org.seal4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.SkinnyMatMul;

/**
 * How the linear modules of a graph multiply. BLAS chooses its kernels, and so the last bits, by
 * the number of rows; where a row's result must not depend on its neighbours, the rows are cut into
 * equal calls, or multiplied by a kernel that treats every row alike.
 *
 * @param calls equal parts of the rows that BLAS multiplies in a call of its own; 0 for the kernel
 *     for few rows, which is the faster one up to about 32 rows
 */
public record Products(int calls) {
  public Products {
    Checks.require(calls >= 0, "calls must be >= 0 but was %d", calls);
  }

  /** All rows in equal parts, each one call of BLAS: for training and for whole texts. */
  public static Products inCalls(int calls) {
    Checks.require(calls >= 1, "calls must be >= 1 but was %d", calls);
    return new Products(calls);
  }

  /** Every row by itself, whatever stands beside it: for decoding. */
  public static Products rowByRow() {
    return new Products(0);
  }

  /** Whether every row is computed by itself. */
  public boolean isRowByRow() {
    return calls == 0;
  }

  /** {@code x w^T}: in x {@code [rows, in]}, w {@code [out, in]}; out {@code [rows, out]}. */
  public SDVariable linear(Graph graph, SDVariable x, SDVariable w) {
    return isRowByRow() ? SkinnyMatMul.of(graph, x, w) : MatMul.linear(graph, x, w, calls);
  }
}
