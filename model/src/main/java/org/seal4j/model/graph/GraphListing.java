package org.seal4j.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;

/**
 * A graph as plain values, for programs: what {@link GraphText} says to people.
 *
 * @param inputs what goes in
 * @param nodes in order, one per output of an operation
 * @param parameters weights, the trained ones and the frozen ones
 */
public record GraphListing(List<Input> inputs, List<Node> nodes, List<Parameter> parameters) {
  public GraphListing {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    parameters = List.copyOf(parameters);
  }

  /** An input; its shape may have -1 for a size that is not fixed. */
  public record Input(String name, String type, List<Long> shape) {}

  /** An output of an operation, and the names that the operation reads. */
  public record Node(String name, String operation, List<Long> shape, List<String> reads) {}

  /** A weight. */
  public record Parameter(String name, List<Long> shape, boolean trained) {}

  /** The listing of this graph. */
  public static GraphListing of(Graph graph) {
    List<Input> inputs = new ArrayList<>();
    for (SDVariable input : graph.placeholders()) {
      inputs.add(new Input(input.name(), GraphText.type(input), sizes(graph.shape(input))));
    }
    List<Node> nodes = new ArrayList<>();
    for (GraphOp op : graph.ops()) {
      SDVariable[] outputs = op.outputVariables();
      for (int i = 0; i < outputs.length; i++) {
        nodes.add(
            new Node(
                outputs[i].name(),
                GraphText.operation(op),
                sizes(op.outputShape(i)),
                List.of(op.argNames())));
      }
    }
    return new GraphListing(inputs, nodes, parameters(graph));
  }

  private static List<Parameter> parameters(Graph graph) {
    List<Parameter> parameters = new ArrayList<>();
    for (String name : graph.parameters().keySet()) {
      SDVariable parameter = graph.sameDiff().getVariable(name);
      if (!Ones.is(parameter)) {
        boolean trained = parameter.getVariableType() == VariableType.VARIABLE;
        parameters.add(new Parameter(name, sizes(graph.shape(parameter)), trained));
      }
    }
    return parameters;
  }

  private static List<Long> sizes(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
