package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
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
  /** Why an op cannot have a parameter of the Java heap. */
  static final String HEAP =
      "%s: an op of ND4J cannot read parameter %s, which is on the Java heap";

  private final Worker worker;
  private final List<GraphOp> ops;
  private final Placement placement;
  private final Map<String, Tensor> onHeap;
  private final Accumulation accumulation;
  private final List<Step> steps = new ArrayList<>();

  PlanBuilder(Graph graph, List<SDVariable> outputs, Worker worker) {
    this.worker = worker;
    this.ops = needed(graph, outputs);
    this.onHeap = graph.onHeap();
    this.placement = new Placement(graph, outputs, worker);
    this.accumulation = new Accumulation(ops, placement.requested());
  }

  Plan build() {
    Set<String> read = new HashSet<>(placement.requested());
    ops.forEach(op -> Collections.addAll(read, op.argNames()));
    traceMemory();
    for (int i = 0; i < ops.size(); i++) {
      Accumulation.Sum sum = accumulation.sum(ops.get(i));
      if (sum != null) {
        place(ops.get(i), sum);
      } else if (!accumulation.isAbsorbed(ops.get(i))) {
        place(ops.get(i), read);
      }
      placement.releaseAfter(touched(ops.get(i)), i);
    }
    return new Plan(placement, steps, worker);
  }

  /** The ops on which the outputs depend, in topological order. */
  static List<GraphOp> needed(Graph graph, List<SDVariable> outputs) {
    Set<String> wanted = new HashSet<>();
    for (SDVariable output : outputs) {
      Checks.require(graph.shape(output).length > 0, "output %s has no axes", output.name());
      wanted.add(output.name());
    }
    List<GraphOp> kept = new ArrayList<>();
    List<GraphOp> all = graph.ops();
    for (int i = all.size() - 1; i >= 0; i--) {
      GraphOp op = all.get(i);
      if (names(op.outputVariables()).anyMatch(wanted::contains)) {
        kept.add(op);
        Collections.addAll(wanted, op.argNames());
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private static Stream<String> names(SDVariable[] variables) {
    return Arrays.stream(variables).map(SDVariable::name);
  }

  private Stream<String> touched(GraphOp op) {
    Accumulation.Sum sum = accumulation.sum(op);
    if (sum != null) {
      return sum.touched(op);
    }
    if (accumulation.isAbsorbed(op)) {
      return Stream.empty();
    }
    return Stream.concat(names(op.args()), names(op.outputVariables()));
  }

  /** Finds the memory root of every variable and the last op that touches each root. */
  private void traceMemory() {
    for (int i = 0; i < ops.size(); i++) {
      Accumulation.Sum sum = accumulation.sum(ops.get(i));
      if (sum != null) {
        placement.share(ops.get(i).output().name(), sum.term());
      }
      SDVariable[] outputs = ops.get(i).outputVariables();
      for (int o = 0; o < outputs.length; o++) {
        String shared = Accumulation.sharedInput(ops.get(i), o);
        if (shared != null && !accumulation.isAbsorbed(ops.get(i))) {
          placement.share(outputs[o].name(), shared);
        }
      }
      placement.use(touched(ops.get(i)), i);
    }
    placement.keepRequested();
  }

  /** A product that is added to the memory of the other term. */
  private void place(GraphOp add, Accumulation.Sum sum) {
    NativeOp product = sum.product();
    INDArray[] in = new INDArray[product.args().length];
    for (int i = 0; i < in.length; i++) {
      Checks.require(
          !onHeap.containsKey(product.arg(i).name()), HEAP, product.node(), product.arg(i).name());
      in[i] = placement.input(product.arg(i).name());
    }
    INDArray memory = placement.put(add.output().name(), placement.input(sum.term()));
    steps.add(nativeStep(product, in, memory.reshape('c', product.outputShape(0)), true));
  }

  private void place(GraphOp op, Set<String> read) {
    @Nullable INDArray[] in = new @Nullable INDArray[op.args().length];
    for (int i = 0; i < in.length; i++) {
      String name = op.arg(i).name();
      in[i] = onHeap.containsKey(name) ? null : placement.input(name);
    }
    SDVariable[] outputs = op.outputVariables();
    @Nullable INDArray[] out = new @Nullable INDArray[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      String name = outputs[o].name();
      String shared = Accumulation.sharedInput(op, o);
      if (shared != null && onHeap.containsKey(shared)) {
        Checks.require(
            !read.contains(name),
            "%s is parameter %s on the Java heap under another name, which no op and no user of the"
                + " plan can read",
            name,
            shared);
      } else if (shared != null) {
        INDArray held = placement.input(shared);
        out[o] = placement.put(name, held.reshape('c', op.outputShape(o)));
      } else if (read.contains(name) || op instanceof NativeOp) {
        out[o] = placement.output(name, DataType.FLOAT, op.outputShape(o));
      }
    }
    if (!(op instanceof Reshape)) {
      steps.add(step(op, in, out));
    }
  }

  private Step step(GraphOp op, @Nullable INDArray[] in, @Nullable INDArray[] out) {
    if (op instanceof NativeOp nativeOp) {
      INDArray[] arrays = new INDArray[in.length];
      for (int i = 0; i < in.length; i++) {
        arrays[i] = Checks.present(in[i], HEAP, op.node(), op.arg(i).name());
      }
      return nativeStep(nativeOp, arrays, Objects.requireNonNull(out[0]), false);
    }
    Kernel kernel =
        Checks.present(
            op.kernel(), "%s has no kernel, so that only a StockPlan can run it", op.node());
    Tensor[] inputs = new Tensor[in.length];
    @Nullable Tensor[] outputs = new @Nullable Tensor[out.length];
    for (int i = 0; i < in.length; i++) {
      INDArray array = in[i];
      inputs[i] =
          array == null ? Objects.requireNonNull(onHeap.get(op.arg(i).name())) : Tensors.of(array);
    }
    for (int i = 0; i < out.length; i++) {
      INDArray array = out[i];
      outputs[i] = array == null ? null : Tensors.of(array);
    }
    return new KernelStep(op.opName(), op.node(), kernel, inputs, outputs);
  }

  private static Step nativeStep(NativeOp op, INDArray[] in, INDArray result, boolean accumulate) {
    int groups = op.rowGroups();
    if (groups == 1) {
      return new NativeStep(op, in, result, accumulate);
    }
    List<Step> calls = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      INDArray[] part = in.clone();
      part[0] = rows(in[0], g, groups);
      calls.add(new NativeStep(op, part, rows(result, g, groups), accumulate));
    }
    return new StepList(calls);
  }

  private static INDArray rows(INDArray array, int group, int groups) {
    long size = array.size(0) / groups;
    return array.get(NDArrayIndex.interval(group * size, (group + 1) * size), NDArrayIndex.all());
  }

  /** One fused kernel bound to its arrays. */
  @SuppressWarnings("ArrayRecordComponent") // bound once; identity is never compared
  private record KernelStep(
      String name, String node, Kernel kernel, Tensor[] inputs, @Nullable Tensor[] outputs)
      implements Step {
    @Override
    public void run(Scratch scratch) {
      try {
        kernel.run(inputs, outputs, scratch);
      } catch (IllegalStateException e) {
        throw new InputException(node + ": " + e.getMessage(), e);
      } catch (IndexOutOfBoundsException e) {
        throw new InputException(
            node + ": its kernel reads or writes outside of its arrays: " + e.getMessage(), e);
      }
    }
  }

  /** Several native calls that make up one op. */
  private record StepList(List<Step> calls) implements Step {
    @Override
    public String name() {
      return calls.get(0).name();
    }

    @Override
    public void run(Scratch scratch) {
      for (Step call : calls) {
        call.run(scratch);
      }
    }

    @Override
    public void close() {
      calls.forEach(Step::close);
    }
  }
}
