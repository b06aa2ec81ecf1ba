package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** The gradient of another op: a leaf of differentiation. */
abstract class GradientOp extends GraphOp {

  GradientOp(Graph graph, List<SDVariable> inputs, long[]... outputShapes) {
    super(graph, inputs, outputShapes);
  }

  @Override
  public final @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    throw new UnsupportedOperationException(
        opName() + " is a gradient: second derivatives are not built");
  }

  /** The outputs that are needed, null for the others. */
  final @Nullable SDVariable[] only(boolean... needed) {
    SDVariable[] outputs = outputVariables();
    @Nullable SDVariable[] kept = new @Nullable SDVariable[needed.length];
    for (int i = 0; i < needed.length; i++) {
      kept[i] = needed[i] ? outputs[i] : null;
    }
    return kept;
  }
}
