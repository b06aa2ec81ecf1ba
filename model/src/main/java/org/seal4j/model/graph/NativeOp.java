package org.seal4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.kernel.Kernel;

/** An op that libnd4j executes itself, through a bound context. */
public abstract class NativeOp extends GraphOp {

  protected NativeOp(Graph graph, List<SDVariable> inputs, long[]... outputShapes) {
    super(graph, inputs, outputShapes);
  }

  @Override
  public final @org.jspecify.annotations.Nullable Kernel kernel() {
    return null;
  }

  /** Integer arguments of the native op. */
  public abstract long[] integerArguments();

  /**
   * In how many equal parts the rows of the first input and of the output are computed, one native
   * call each. More than one where a part's bits must not depend on how many parts ride along.
   */
  public int rowGroups() {
    return 1;
  }
}
