package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.InPlace;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;

/**
 * Lays a graph out in memory: keeps the ops that the outputs need, lets buffers go after their last
 * reader, makes reshapes views, and binds each op to its arrays.
 */
final class PlanBuilder {
  private final Graph graph;
  private final Worker worker;
  private final List<SDVariable> outputs;
  private final Set<String> requested = new LinkedHashSet<>();
  private final Plan.Parts parts = new Plan.Parts();
  private final BufferPool.Layout pool;

  /** Which memory a variable lives in: views share their root's. */
  private final Map<String, String> roots = new HashMap<>();

  private final Map<String, INDArray> buffers = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();

  PlanBuilder(Graph graph, List<SDVariable> outputs, Worker worker) {
    this.graph = graph;
    this.worker = worker;
    this.outputs = outputs;
    this.pool = worker.buffers().layout();
    outputs.forEach(output -> requested.add(output.name()));
  }

  Plan build() {
    List<GraphOp> ops = needed(graph, outputs);
    Set<String> read = namesRead(ops);
    traceMemory(ops);
    for (int i = 0; i < ops.size(); i++) {
      place(ops.get(i), i, read);
    }
    for (String name : requested) {
      if (!parts.arrays.containsKey(name)) {
        bindInput(graph.sameDiff().getVariable(name));
      }
    }
    return new Plan(parts.arrays, parts.steps, parts.owned, worker.scratch());
  }

  /** The ops on which the outputs depend, in topological order. */
  static List<GraphOp> needed(Graph graph, List<SDVariable> outputs) {
    Set<String> wanted = new HashSet<>();
    outputs.forEach(output -> wanted.add(output.name()));
    List<GraphOp> kept = new ArrayList<>();
    List<GraphOp> all = graph.ops();
    for (int i = all.size() - 1; i >= 0; i--) {
      GraphOp op = all.get(i);
      boolean any = false;
      for (SDVariable out : op.outputVariables()) {
        any |= wanted.contains(out.name());
      }
      if (any) {
        kept.add(op);
        for (SDVariable in : op.args()) {
          wanted.add(in.name());
        }
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private Set<String> namesRead(List<GraphOp> ops) {
    Set<String> read = new HashSet<>(requested);
    for (GraphOp op : ops) {
      for (SDVariable in : op.args()) {
        read.add(in.name());
      }
    }
    return read;
  }

  /** Finds the memory root of every variable and the last op that touches each root. */
  private void traceMemory(List<GraphOp> ops) {
    for (int i = 0; i < ops.size(); i++) {
      GraphOp op = ops.get(i);
      for (SDVariable in : op.args()) {
        lastUse.put(root(in.name()), i);
      }
      SDVariable[] outputs = op.outputVariables();
      for (int o = 0; o < outputs.length; o++) {
        String shared = sharedInput(op, o);
        if (shared != null) {
          roots.put(outputs[o].name(), root(shared));
        }
        lastUse.put(root(outputs[o].name()), i);
      }
    }
    for (String name : requested) {
      lastUse.put(root(name), Integer.MAX_VALUE);
    }
  }

  private static @Nullable String sharedInput(GraphOp op, int output) {
    if (op instanceof Reshape) {
      return op.arg(0).name();
    }
    if (op instanceof InPlace inPlace && inPlace.inputOf(output) >= 0) {
      return op.arg(inPlace.inputOf(output)).name();
    }
    return null;
  }

  private String root(String name) {
    return roots.getOrDefault(name, name);
  }

  private int lastUse(String root) {
    return Objects.requireNonNull(lastUse.get(root));
  }

  private void place(GraphOp op, int index, Set<String> read) {
    SDVariable[] inputs = op.args();
    INDArray[] in = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      in[i] = bindInput(inputs[i]);
    }
    SDVariable[] outputs = op.outputVariables();
    @Nullable INDArray[] out = new @Nullable INDArray[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      String name = outputs[o].name();
      String shared = sharedInput(op, o);
      if (shared != null) {
        INDArray held = Objects.requireNonNull(parts.arrays.get(shared));
        parts.arrays.put(name, held.reshape('c', op.outputShape(o)));
        out[o] = parts.arrays.get(name);
      } else if (read.contains(name) || op instanceof NativeOp) {
        out[o] = bindOutput(name, op.outputShape(o));
      }
    }
    if (!(op instanceof Reshape)) {
      parts.steps.add(step(op, in, out));
    }
    releaseAfter(op, index);
  }

  private static Plan.Step step(GraphOp op, INDArray[] in, @Nullable INDArray[] out) {
    Kernel kernel = op.kernel();
    if (kernel == null) {
      return nativeStep((NativeOp) op, in, out);
    }
    Tensor[] inputs = new Tensor[in.length];
    @Nullable Tensor[] outputs = new @Nullable Tensor[out.length];
    for (int i = 0; i < in.length; i++) {
      inputs[i] = Tensors.of(in[i]);
    }
    for (int i = 0; i < out.length; i++) {
      INDArray array = out[i];
      outputs[i] = array == null ? null : Tensors.of(array);
    }
    return new KernelStep(op.opName(), kernel, inputs, outputs);
  }

  private static Plan.Step nativeStep(NativeOp op, INDArray[] in, @Nullable INDArray[] out) {
    INDArray result = Objects.requireNonNull(out[0]);
    int groups = op.rowGroups();
    if (groups == 1) {
      return new NativeStep(op, in, result);
    }
    List<Plan.Step> calls = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      INDArray[] part = in.clone();
      part[0] = rows(in[0], g, groups);
      calls.add(new NativeStep(op, part, rows(result, g, groups)));
    }
    return new StepList(calls);
  }

  private static INDArray rows(INDArray array, int group, int groups) {
    long size = array.size(0) / groups;
    return array.get(NDArrayIndex.interval(group * size, (group + 1) * size), NDArrayIndex.all());
  }

  /** One fused kernel bound to its arrays. */
  @SuppressWarnings("ArrayRecordComponent") // bound once; identity is never compared
  private record KernelStep(String name, Kernel kernel, Tensor[] inputs, @Nullable Tensor[] outputs)
      implements Plan.Step {
    @Override
    public void run(Scratch scratch) {
      kernel.run(inputs, outputs, scratch);
    }
  }

  /** Several native calls that make up one op. */
  private record StepList(List<Plan.Step> calls) implements Plan.Step {
    @Override
    public String name() {
      return calls.get(0).name();
    }

    @Override
    public void run(Scratch scratch) {
      for (Plan.Step call : calls) {
        call.run(scratch);
      }
    }

    @Override
    public void close() {
      calls.forEach(Plan.Step::close);
    }
  }

  private INDArray bindInput(SDVariable variable) {
    String name = variable.name();
    INDArray held = parts.arrays.get(name);
    if (held != null) {
      return held;
    }
    INDArray array = graph.parameters().get(name);
    if (array == null) {
      if (variable.getVariableType() != VariableType.PLACEHOLDER) {
        throw new IllegalStateException(
            "graph variable " + name + " is read before it is computed");
      }
      array = Nd4j.create(variable.dataType(), graph.shape(variable));
      array.setCloseable(true);
      parts.owned.add(array);
    }
    parts.arrays.put(name, array);
    return array;
  }

  private INDArray bindOutput(String name, long[] shape) {
    INDArray array;
    if (lastUse(root(name)) == Integer.MAX_VALUE) {
      array = Nd4j.create(org.nd4j.linalg.api.buffer.DataType.FLOAT, shape);
      array.setCloseable(true);
      parts.owned.add(array);
    } else {
      long length = 1;
      for (long s : shape) {
        length *= s;
      }
      INDArray buffer = pool.take(length);
      buffers.put(name, buffer);
      array = buffer.reshape('c', shape);
    }
    parts.arrays.put(name, array);
    return array;
  }

  private void releaseAfter(GraphOp op, int index) {
    Set<String> touched = new LinkedHashSet<>();
    for (SDVariable in : op.args()) {
      touched.add(root(in.name()));
    }
    for (SDVariable out : op.outputVariables()) {
      touched.add(root(out.name()));
    }
    for (String name : touched) {
      INDArray buffer = buffers.get(name);
      if (buffer != null && lastUse(name) == index) {
        buffers.remove(name);
        pool.release(buffer);
      }
    }
  }
}
