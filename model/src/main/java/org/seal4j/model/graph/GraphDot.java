package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;

/**
 * A graph in the DOT language of Graphviz ({@code dot -Tsvg}): inputs as ellipses, parameters as
 * cylinders (frozen ones grey), operations as boxes, shapes on the arrows.
 */
public final class GraphDot {
  private GraphDot() {}

  /**
   * A subgraph that stands in a {@code digraph}.
   *
   * @param name unique among the subgraphs of a picture: letters and digits
   * @param title written above it
   */
  public static String subgraph(String name, String title, Graph graph) {
    StringBuilder dot = new StringBuilder();
    dot.append("  subgraph cluster_%s {%n    label=%s;%n".formatted(name, quoted(title)));
    Set<String> declared = new HashSet<>();
    for (SDVariable input : graph.placeholders()) {
      leaf(dot, name, declared, input, "ellipse", "");
    }
    for (String parameter : graph.parameters().keySet()) {
      SDVariable variable = graph.sameDiff().getVariable(parameter);
      boolean trained = variable.getVariableType() == VariableType.VARIABLE;
      leaf(
          dot, name, declared, variable, "cylinder", trained ? "" : ",style=filled,fillcolor=grey");
    }
    for (GraphOp op : graph.ops()) {
      SDVariable[] outputs = op.outputVariables();
      String node = id(name, outputs[0].name());
      dot.append(
          "    %s [shape=box,label=%s];%n"
              .formatted(node, quoted(op.opName().replaceFirst("^seal_", ""))));
      for (int i = 1; i < outputs.length; i++) {
        dot.append(
            "    %s [shape=point];%n    %s -> %s;%n"
                .formatted(id(name, outputs[i].name()), node, id(name, outputs[i].name())));
      }
      for (String input : op.argNames()) {
        SDVariable variable = graph.sameDiff().getVariable(input);
        dot.append(
            "    %s -> %s [label=%s];%n"
                .formatted(id(name, input), node, quoted(Arrays.toString(graph.shape(variable)))));
      }
    }
    return dot.append("  }\n").toString();
  }

  private static void leaf(
      StringBuilder dot,
      String graph,
      Set<String> declared,
      SDVariable variable,
      String shape,
      String more) {
    if (declared.add(variable.name())) {
      dot.append(
          "    %s [shape=%s,label=%s%s];%n"
              .formatted(id(graph, variable.name()), shape, quoted(variable.name()), more));
    }
  }

  private static String id(String graph, String variable) {
    return quoted(graph + "/" + variable);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
