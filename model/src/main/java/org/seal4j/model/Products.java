package org.seal4j.model;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.FrozenMatMul;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.SkinnyMatMul;
import org.seal4j.model.kernel.FrozenWeight;

/**
 * How the linear modules of a graph multiply. BLAS chooses its kernels, and so the last bits, by
 * the number of rows; where a row's result must not depend on its neighbours, the rows are cut into
 * equal calls, or multiplied by a kernel that treats every row alike.
 *
 * @param calls equal parts of the rows that BLAS multiplies in a call of its own; 0 for the kernel
 *     for few rows, which is the faster one up to about 32 rows
 * @param frozen weights in fewer bits to multiply with instead, by a kernel that treats every row
 *     alike; null to multiply with the model's own
 */
public record Products(int calls, @Nullable FrozenWeights frozen) {
  public Products {
    Checks.require(calls >= 0, "calls must be >= 0 but was %d", calls);
  }

  /** All rows in equal parts, each one call of BLAS: for training and for whole texts. */
  public static Products inCalls(int calls) {
    Checks.require(calls >= 1, "calls must be >= 1 but was %d", calls);
    return new Products(calls, null);
  }

  /** Every row by itself, whatever stands beside it: for decoding. */
  public static Products rowByRow() {
    return new Products(0, null);
  }

  /** The same with weights in fewer bits. */
  public Products with(FrozenWeights weights) {
    return new Products(calls, weights);
  }

  /** Whether adapters are multiplied row by row as well. */
  public boolean isRowByRow() {
    return calls == 0;
  }

  /**
   * {@code x w^T}: in x {@code [rows, in]}, w {@code [out, in]}; out {@code [rows, out]}.
   *
   * @param name of the weight
   * @param weight declares it as a parameter, where it is needed
   */
  public SDVariable linear(Graph graph, SDVariable x, String name, Supplier<SDVariable> weight) {
    FrozenWeight narrow = frozen == null ? null : frozen.get(name);
    if (narrow != null) {
      return FrozenMatMul.of(graph, x, narrow);
    }
    SDVariable w = weight.get();
    return isRowByRow() ? SkinnyMatMul.of(graph, x, w) : MatMul.linear(graph, x, w, calls);
  }
}
