package org.seal4j.model.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.graph.GraphOp;

/**
 * One computation of an op in a plan.
 *
 * @param op what is computed
 * @param args names in the graph of what is read: the op's arguments, or those of a sum and of the
 *     product that is added in it
 * @param renamed variables that have been computed again, by their names in the graph
 * @param again whether it is not the op's first computation
 */
record PlannedOp(GraphOp op, List<String> args, Map<String, String> renamed, boolean again) {
  private static final String AGAIN = " again";

  /** The only computation of an op. */
  static PlannedOp once(GraphOp op, List<String> args) {
    return new PlannedOp(op, args, Map.of(), false);
  }

  /** What a variable is called in a plan once it has been computed again. */
  static String again(String name) {
    return name + AGAIN;
  }

  /** What is read for a variable of the graph. */
  String in(String name) {
    return renamed.getOrDefault(name, name);
  }

  /** What is written for a variable of the graph. */
  String out(String name) {
    return again ? again(name) : name;
  }

  Stream<String> inputs() {
    return args.stream().map(this::in);
  }

  Stream<String> outputs() {
    return Arrays.stream(op.outputVariables()).map(SDVariable::name).map(this::out);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
