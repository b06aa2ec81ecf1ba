package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.Kernel;

/**
 * A graph node with statically known output shapes, its own gradient, a kernel and a stock twin.
 *
 * <p>An op says what it takes and gives in a signature such as {@code seal_rms_norm(x [rows, d],
 * gain [d]) -> [rows, d]}: its name; role, type and shape of every input; shape of every output. A
 * size is a number, a letter that stands for the same size everywhere, or a product such as {@code
 * b*s}; {@code [...]} is any shape, the same everywhere. Inputs are float32 unless {@code int32}
 * stands before the shape, outputs are float32. What does not fit is refused before there is a
 * node.
 */
public abstract class GraphOp extends DynamicCustomOp {
  private final Graph graph;
  private final String opName;
  private final Supplier<? extends @Nullable Kernel> kernel;
  private final long[][] outputShapes;

  /**
   * Adds the op to the graph.
   *
   * @param signature as above
   * @param kernel makes the fused CPU kernel, fresh for each plan; gives null where there is none
   * @param inputs arguments in the signature's order
   */
  @SuppressWarnings("this-escape")
  protected GraphOp(
      Graph graph,
      String signature,
      Supplier<? extends @Nullable Kernel> kernel,
      SDVariable... inputs) {
    Signature parsed = new Signature(signature);
    this.graph = graph;
    this.kernel = kernel;
    opName = parsed.name();
    outputShapes = parsed.outputShapes(graph, inputs);
    // What the constructor of the class above does with a graph, once the name is known.
    sameDiff = graph.sameDiff();
    ownName = sameDiff.getOpName(opName);
    sameDiff.putOpForId(ownName, this);
    sameDiff.addArgsFor(inputs, this);
    graph.add(this, outputShapes);
  }

  /** The graph that this node belongs to. */
  public final Graph graph() {
    return graph;
  }

  @Override
  public final String opName() {
    return opName;
  }

  /** Shape of output {@code i}. */
  public final long[] outputShape(int i) {
    return outputShapes[i].clone();
  }

  /** The only, or the first, output. */
  public final SDVariable output() {
    return outputVariables()[0];
  }

  /** The node as messages name it, by its first output. */
  public final String node() {
    return "node " + graph.text(output());
  }

  /**
   * Adds gradient nodes to the same graph. An op that has none need not override this.
   *
   * @param upstream gradient of the loss by each output; null where an output does not reach the
   *     loss
   * @param needed which inputs want a gradient; nodes for the others are not built
   * @return gradient by each input; null where not needed
   */
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    throw Checks.refuse("%s has no gradient: %s is not differentiated", node(), opName);
  }

  /** The fused CPU kernel, fresh for one plan; null where there is none. */
  public final @Nullable Kernel kernel() {
    return kernel.get();
  }

  /** Writes the same maths into {@code target} in stock SameDiff ops. */
  public abstract SDVariable[] stock(SameDiff target, SDVariable[] inputs);

  /** The upstream gradient of the first output, for ops that have no gradient of the others. */
  protected final SDVariable required(@Nullable SDVariable[] upstream) {
    for (int i = 1; i < upstream.length; i++) {
      Checks.require(
          upstream[i] == null,
          "%s has a gradient of its first output alone, but the loss depends on output %s too",
          node(),
          outputVariables()[i].name());
    }
    return Checks.present(upstream[0], "the loss does not depend on %s", node());
  }

  /** Gradients by each input. */
  protected static @Nullable SDVariable[] of(@Nullable SDVariable... gradients) {
    return gradients;
  }

  /** The outputs of a gradient op that are needed; it is made only where any is. */
  protected static @Nullable SDVariable[] sides(boolean[] needed, Supplier<GraphOp> gradient) {
    @Nullable SDVariable[] sides = new @Nullable SDVariable[needed.length];
    @Nullable SDVariable[] outputs = null;
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        outputs = outputs == null ? gradient.get().outputVariables() : outputs;
        sides[i] = outputs[i];
      }
    }
    return sides;
  }

  @Override
  public final int getNumOutputs() {
    return outputShapes.length;
  }

  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputTypes) {
    return Collections.nCopies(getNumOutputs(), DataType.FLOAT);
  }

  /** What SameDiff asks when it is to save or to differentiate the graph. */
  @Override
  public Map<String, Object> propertiesForFunction() {
    throw graph.notOfSameDiff();
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
