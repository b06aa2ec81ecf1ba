package org.seal4j.model.graph;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Nearest;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.kernel.Tensor;

/**
 * A SameDiff graph under construction, with the static shape of every variable and the arrays that
 * its parameters stand for. Parameters are SameDiff variables (trainable) or constants (frozen)
 * without an array of their own: the plan binds the arrays, so that many graphs share one set of
 * weights.
 */
public final class Graph {
  static {
    KernelChoice.make();
  }

  private final SameDiff sd = SameDiff.create();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> onHeap = new LinkedHashMap<>();
  private final Map<String, GraphOp> producers = new LinkedHashMap<>();
  private final List<GraphOp> ops = new ArrayList<>();
  private final List<SDVariable> boundaries = new ArrayList<>();

  public Graph() {
    sd.setListeners(
        new BaseListener() {
          @Override
          public boolean isActive(Operation operation) {
            return true;
          }

          @Override
          public void operationStart(SameDiff graph, Operation operation) {
            throw notOfSameDiff();
          }
        });
  }

  /** The refusal to let SameDiff itself work on ops that it does not know. */
  InputException notOfSameDiff() {
    return Checks.refuse(
        "SameDiff can neither run nor differentiate nor save the %d nodes of this graph: fill its"
            + " inputs (%s) in a Plan.of(graph, outputs, worker) and run that, differentiate with"
            + " Backprop.gradients, and export with StockGraph.of",
        ops.size(), placeholders().stream().map(this::text).collect(Collectors.joining(", ")));
  }

  /** The SameDiff graph itself: names, roles and edges. Its nodes are run by plans alone. */
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
    VariableType kind = trainable ? VariableType.VARIABLE : VariableType.CONSTANT;
    if (parameters.containsKey(name)) {
      SDVariable known = variable(name);
      Checks.require(
          parameters.get(name) == array && known.getVariableType() == kind,
          "graph parameter %s is declared twice with two arrays, or once trainable and once frozen",
          name);
      return known;
    }
    ArrayForm.requirePlain("graph parameter " + name, array);
    SDVariable variable = declare(name, kind, array.dataType(), array.shape());
    parameters.put(name, array);
    return variable;
  }

  /**
   * A frozen parameter held by memory of the Java heap, which fused kernels read and write without
   * copying. No stock op and no matrix product of ND4J can take it.
   *
   * @param memory its elements in row-major order, shared
   */
  public SDVariable heapParameter(String name, FloatBuffer memory, long... shape) {
    SDVariable variable = declare(name, VariableType.CONSTANT, DataType.FLOAT, shape);
    Checks.require(
        memory.hasArray() && memory.capacity() >= length(variable),
        "graph parameter %s needs %d floats of the Java heap but got %s",
        name,
        length(variable),
        memory);
    onHeap.put(name, new Tensor(shape.clone(), memory, null));
    return variable;
  }

  /** The parameters on the Java heap by name. */
  public Map<String, Tensor> onHeap() {
    return Collections.unmodifiableMap(onHeap);
  }

  private SDVariable declare(String name, VariableType kind, DataType type, long... shape) {
    Checks.require(
        (type == DataType.FLOAT || type == DataType.INT32)
            && shape.length >= 1
            && Arrays.stream(shape).allMatch(size -> size >= 1),
        "graph variable %s must be float32 or int32 with at least one axis and sizes >= 1 but is %s",
        name,
        ArrayForm.of(type, shape));
    requireNew(name);
    SDVariable variable =
        new SDVariable(name, kind, sd, shape, type) {
          @Override
          public @Nullable INDArray getArr(boolean enforceExistence) {
            return parameters.get(name);
          }

          @Override
          public SDVariable setArray(INDArray array) {
            throw Checks.refuse(
                "%s gets no other array than the one it was declared with; write into that one",
                text(this));
          }
        };
    sd.addVariable(variable);
    shapes.put(name, shape.clone());
    return variable;
  }

  private void requireNew(String name) {
    Checks.require(!shapes.containsKey(name), "graph variable %s is declared twice", name);
  }

  /** The variable of this name. */
  public SDVariable variable(String name) {
    Nearest.get(shapes, name, "the graph has no variable");
    return sd.getVariable(name);
  }

  /** The declared placeholders, in order of declaration. */
  public List<SDVariable> placeholders() {
    return shapes.keySet().stream()
        .map(sd::getVariable)
        .filter(variable -> variable.getVariableType() == VariableType.PLACEHOLDER)
        .toList();
  }

  /** The static shape of a variable. */
  @SuppressWarnings("ReferenceEquality") // a graph is the one object that made the variable
  public long[] shape(SDVariable variable) {
    Checks.require(
        variable.getSameDiff() == sd, "variable %s belongs to another graph", variable.name());
    return Checks.present(
            shapes.get(variable.name()),
            "variable %s is made by SameDiff's own op, which no plan runs and nothing here"
                + " differentiates; use the ops of org.seal4j.model.graph, or extend GraphOp",
            variable.name())
        .clone();
  }

  /** A variable as messages show it, such as {@code w float32 [2, 3]}. */
  public String text(SDVariable variable) {
    return variable.name() + " " + ArrayForm.of(variable.dataType(), shape(variable));
  }

  /** Number of elements of a variable. */
  public long length(SDVariable variable) {
    return Arrays.stream(shape(variable)).reduce(1, (a, b) -> a * b);
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
    if (name.equals(variable.name())) {
      return variable;
    }
    GraphOp producer =
        Checks.present(
            producer(variable),
            "%s is an input: only what an op computes is renamed",
            text(variable));
    requireNew(name);
    shapes.put(name, Objects.requireNonNull(shapes.remove(variable.name())));
    producers.remove(variable.name());
    producers.put(name, producer);
    return variable.rename(name);
  }

  /**
   * Says that what lies between the boundary before, or the inputs, and this variable need not be
   * kept for the ops behind the last boundary: a fused plan computes it again where they ask for
   * it, which changes no bit and takes less memory (activation checkpointing). Stock plans keep it.
   */
  public void boundary(SDVariable variable) {
    Checks.require(producer(variable) != null, "%s is an input and bounds nothing", text(variable));
    boundaries.add(variable);
  }

  /** The names of the boundaries, in the order in which they were set. */
  public List<String> boundaries() {
    return boundaries.stream().map(SDVariable::name).toList();
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
