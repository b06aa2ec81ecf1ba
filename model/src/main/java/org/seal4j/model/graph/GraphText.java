package org.seal4j.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.seal4j.data.check.Amount;

/**
 * A graph as text: what goes in, every node in order with its operation, shape and inputs, every
 * parameter with its shape and whether it is trained, and totals.
 */
public final class GraphText {
  private GraphText() {}

  /** The listing, in lines that end with a newline. */
  public static String describe(Graph graph) {
    StringBuilder text = new StringBuilder();
    List<List<String>> inputs = new ArrayList<>();
    for (SDVariable input : graph.placeholders()) {
      inputs.add(List.of(input.name(), type(input), Arrays.toString(graph.shape(input))));
    }
    section(text, "inputs", inputs);
    section(text, "nodes", nodes(graph));
    List<SDVariable> parameters = new ArrayList<>();
    for (String name : graph.parameters().keySet()) {
      SDVariable parameter = graph.sameDiff().getVariable(name);
      if (!Ones.is(parameter)) {
        parameters.add(parameter);
      }
    }
    section(text, "parameters", parameters(graph, parameters));
    return text.append(totals(graph, parameters)).toString();
  }

  private static List<List<String>> nodes(Graph graph) {
    List<List<String>> rows = new ArrayList<>();
    for (GraphOp op : graph.ops()) {
      SDVariable[] outputs = op.outputVariables();
      for (int i = 0; i < outputs.length; i++) {
        rows.add(
            List.of(
                outputs[i].name(),
                i == 0 ? operation(op) : "",
                Arrays.toString(op.outputShape(i)),
                i == 0 ? "<- " + String.join(", ", op.argNames()) : ""));
      }
    }
    return rows;
  }

  /** The type of a variable's numbers, such as {@code float32}. */
  static String type(SDVariable variable) {
    return switch (variable.dataType()) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case INT -> "int32";
      case LONG -> "int64";
      default -> variable.dataType().toString().toLowerCase(Locale.ROOT);
    };
  }

  static String operation(GraphOp op) {
    return op.opName().replaceFirst("^seal_", "");
  }

  private static List<List<String>> parameters(Graph graph, List<SDVariable> parameters) {
    List<List<String>> rows = new ArrayList<>();
    for (SDVariable parameter : parameters) {
      rows.add(
          List.of(
              parameter.name(),
              Arrays.toString(graph.shape(parameter)),
              trainable(parameter) ? "trainable" : "frozen",
              count(graph.length(parameter))));
    }
    return rows;
  }

  private static boolean trainable(SDVariable parameter) {
    return parameter.getVariableType() == VariableType.VARIABLE;
  }

  private static String totals(Graph graph, List<SDVariable> parameters) {
    long trained = 0;
    long all = 0;
    for (SDVariable parameter : parameters) {
      long length = graph.length(parameter);
      all += length;
      trained += trainable(parameter) ? length : 0;
    }
    return "total: %s, %s in %s, %s trainable, %s frozen\n"
        .formatted(
            Amount.of(graph.ops().size(), "node"),
            Amount.of(all, "number"),
            Amount.of(parameters.size(), "parameter"),
            count(trained),
            count(all - trained));
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A title, then the rows in columns as wide as their widest cell. */
  private static void section(StringBuilder text, String title, List<List<String>> rows) {
    text.append(title).append('\n');
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append("  ").append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length()));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    text.append('\n');
  }
}
