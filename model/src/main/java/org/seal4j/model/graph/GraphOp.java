package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.seal4j.model.kernel.Kernel;

/**
 * A graph node with statically known output shapes, its own gradient, a kernel and a stock twin.
 */
public abstract class GraphOp extends DynamicCustomOp {
  private final Graph graph;
  private final long[][] outputShapes;

  /**
   * Adds the op to the graph.
   *
   * @param inputs arguments in the op's order
   * @param outputShapes shape of each output
   */
  @SuppressWarnings("this-escape")
  protected GraphOp(Graph graph, List<SDVariable> inputs, long[]... outputShapes) {
    super(null, graph.sameDiff(), inputs.toArray(new SDVariable[0]));
    this.graph = graph;
    this.outputShapes = outputShapes;
    graph.add(this, outputShapes);
  }

  /** The graph that this node belongs to. */
  public final Graph graph() {
    return graph;
  }

  /** Shape of output {@code i}. */
  public final long[] outputShape(int i) {
    return outputShapes[i].clone();
  }

  /** The only, or the first, output. */
  public final SDVariable output() {
    return outputVariables()[0];
  }

  /**
   * Adds gradient nodes to the same graph.
   *
   * @param upstream gradient of the loss by each output; null where an output does not reach the
   *     loss
   * @param needed which inputs want a gradient; nodes for the others are not built
   * @return gradient by each input; null where not needed
   */
  public abstract @Nullable SDVariable[] gradient(
      @Nullable SDVariable[] upstream, boolean[] needed);

  /** The fused CPU kernel, fresh for one plan; null for ops that libnd4j runs natively. */
  public abstract @Nullable Kernel kernel();

  /** Writes the same maths into {@code target} in stock SameDiff ops. */
  public abstract SDVariable[] stock(SameDiff target, SDVariable[] inputs);

  /** The upstream gradient of the first output, which must reach the loss. */
  protected static SDVariable required(@Nullable SDVariable[] upstream) {
    SDVariable first = upstream[0];
    if (first == null) {
      throw new IllegalStateException(
          "gradient asked for an op whose output does not reach the loss");
    }
    return first;
  }

  /** Gradients for a one-input op. */
  protected static @Nullable SDVariable[] of(@Nullable SDVariable... gradients) {
    return gradients;
  }

  @Override
  public final int getNumOutputs() {
    return outputShapes.length;
  }

  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputTypes) {
    return Collections.nCopies(getNumOutputs(), DataType.FLOAT);
  }

  @Override
  public String toString() {
    return opName() + Arrays.toString(argNames());
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
