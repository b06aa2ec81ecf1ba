package org.seal4j.model.graph;

import org.nd4j.autodiff.samediff.SDVariable;

/** An op that libnd4j executes itself, through a bound context. */
public abstract class NativeOp extends GraphOp {

  protected NativeOp(Graph graph, String signature, SDVariable... inputs) {
    super(graph, signature, () -> null, inputs);
  }

  /** Integer arguments of the native op. */
  public abstract long[] integerArguments();

  /**
   * In how many equal parts the rows of the first input and of the output are computed, one native
   * call each. More than one where a part's bits must not depend on the number of parts.
   */
  public int rowGroups() {
    return 1;
  }

  /**
   * The input whose rows are the columns of the output, so that some rows of it give some columns:
   * threads can share them. -1 for none.
   */
  public int columnInput() {
    return -1;
  }

  /**
   * Whether the op can add its result to what stands in the output's memory, by the floating-point
   * arguments 1 and 1: the factors of the result and of what stands there.
   */
  public boolean accumulates() {
    return false;
  }
}
