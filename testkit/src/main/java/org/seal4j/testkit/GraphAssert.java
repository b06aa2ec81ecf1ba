package org.seal4j.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;

/** Assertions on a graph: which variables and ops it has, their shapes, their gradients. */
public final class GraphAssert extends AbstractAssert<GraphAssert, Graph> {
  private GraphAssert(Graph graph) {
    super(graph, GraphAssert.class);
  }

  /** Begins assertions on this graph. */
  public static GraphAssert assertThat(Graph graph) {
    return new GraphAssert(graph);
  }

  /** There is a variable of this name: a placeholder, a parameter, or the output of an op. */
  public GraphAssert hasNode(String name) {
    isNotNull();
    if (!actual.sameDiff().hasVariable(name)) {
      failWithMessage(
          "expected a variable %s but the graph has %s",
          name, actual.sameDiff().variables().stream().map(SDVariable::name).sorted().toList());
    }
    return this;
  }

  /** The variable has this shape, outermost axis first. */
  public GraphAssert hasShape(String name, long... shape) {
    hasNode(name);
    long[] got = actual.shape(actual.variable(name));
    if (!Arrays.equals(got, shape)) {
      failWithMessage(
          "expected %s to have shape %s but it has %s",
          name, Arrays.toString(shape), Arrays.toString(got));
    }
    return this;
  }

  /** So many ops of this name are in the graph. */
  public GraphAssert hasOps(String opName, int count) {
    isNotNull();
    List<String> names = actual.ops().stream().map(GraphOp::opName).toList();
    long got = names.stream().filter(opName::equals).count();
    if (got != count) {
      failWithMessage("expected %d ops %s but there are %d among %s", count, opName, got, names);
    }
    return this;
  }

  /**
   * The loss has a gradient by each of these variables, of the variable's shape. Adds the nodes of
   * the gradients to the graph.
   */
  public GraphAssert hasGradient(String loss, String... by) {
    hasNode(loss);
    List<SDVariable> wanted =
        Arrays.stream(by).map(name -> hasNode(name).actual.variable(name)).toList();
    Map<String, SDVariable> gradients = Map.of();
    try {
      gradients = Backprop.gradients(actual, actual.variable(loss), wanted);
    } catch (RuntimeException e) {
      failWithMessage(
          "expected a gradient of %s by %s but: %s", loss, Arrays.toString(by), e.getMessage());
    }
    gradients.forEach(
        (name, gradient) -> hasShape(gradient.name(), actual.shape(actual.variable(name))));
    return this;
  }
}
