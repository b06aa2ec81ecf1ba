package org.seal4j.model.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;

/**
 * A SameDiff graph under construction, with the static shape of every variable and the arrays that
 * its parameters stand for. Parameters are SameDiff variables (trainable) or constants (frozen)
 * without an array of their own: the plan binds the arrays, so that many graphs share one set of
 * weights.
 */
public final class Graph {
  private final SameDiff sd = SameDiff.create();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();
  private final Map<String, GraphOp> producers = new LinkedHashMap<>();
  private final List<GraphOp> ops = new ArrayList<>();

  /** The SameDiff graph itself. */
  public SameDiff sameDiff() {
    return sd;
  }

  /** An input that is filled before each run. */
  public SDVariable placeholder(String name, DataType type, long... shape) {
    return declare(name, VariableType.PLACEHOLDER, type, shape);
  }

  /**
   * A parameter held by {@code array}: trainable ones are SameDiff variables, frozen ones
   * constants.
   */
  public SDVariable parameter(String name, INDArray array, boolean trainable) {
    SDVariable known = sd.getVariable(name);
    if (known != null) {
      Checks.require(
          parameters.get(name) == array,
          "graph parameter %s is declared twice with two arrays",
          name);
      return known;
    }
    VariableType type = trainable ? VariableType.VARIABLE : VariableType.CONSTANT;
    SDVariable variable = declare(name, type, array.dataType(), array.shape());
    parameters.put(name, array);
    return variable;
  }

  private SDVariable declare(String name, VariableType kind, DataType type, long... shape) {
    Checks.require(!shapes.containsKey(name), "graph variable %s is declared twice", name);
    SDVariable variable = new SDVariable(name, kind, sd, shape, type);
    sd.addVariable(variable);
    shapes.put(name, shape.clone());
    return variable;
  }

  /** The declared placeholders, in order of declaration. */
  public List<SDVariable> placeholders() {
    return shapes.keySet().stream()
        .map(sd::getVariable)
        .filter(variable -> variable.getVariableType() == VariableType.PLACEHOLDER)
        .toList();
  }

  /** The static shape of a variable. */
  public long[] shape(SDVariable variable) {
    return Checks.present(
            shapes.get(variable.name()), "graph variable %s has no known shape", variable.name())
        .clone();
  }

  /** Size of a variable's last axis. */
  public long width(SDVariable variable) {
    long[] shape = shape(variable);
    return shape[shape.length - 1];
  }

  /** Number of elements of a variable. */
  public long length(SDVariable variable) {
    long n = 1;
    for (long s : shape(variable)) {
      n *= s;
    }
    return n;
  }

  /** The arrays of the declared parameters by name, in order of declaration. */
  public Map<String, INDArray> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** All ops in the order in which they were added, which is a topological order. */
  public List<GraphOp> ops() {
    return Collections.unmodifiableList(ops);
  }

  /** The op that computes a variable, or null for inputs and parameters. */
  public @Nullable GraphOp producer(SDVariable variable) {
    return producers.get(variable.name());
  }

  /** Renames a computed variable; names are an API, made by {@link Scope}. */
  public SDVariable name(SDVariable variable, String name) {
    long[] shape = shape(variable);
    shapes.remove(variable.name());
    Checks.require(!shapes.containsKey(name), "graph variable %s is declared twice", name);
    GraphOp producer = producers.remove(variable.name());
    SDVariable renamed = variable.rename(name);
    shapes.put(name, shape);
    if (producer != null) {
      producers.put(name, producer);
    }
    return renamed;
  }

  void add(GraphOp op, long[][] outputShapes) {
    SDVariable[] outputs = op.outputVariables();
    for (int i = 0; i < outputs.length; i++) {
      shapes.put(outputs[i].name(), outputShapes[i].clone());
      producers.put(outputs[i].name(), op);
    }
    ops.add(op);
  }
}
