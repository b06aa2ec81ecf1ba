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
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.kernel.Kernel;
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
  private final List<PlannedOp> ops;
  private final Placement placement;
  private final Map<String, Tensor> onHeap;
  private final Accumulation accumulation;

  /** Sums whose term lives on, so that they are computed in a copy of it. */
  private final Set<PlannedOp> copying = new HashSet<>();

  private final List<Step> steps = new ArrayList<>();

  PlanBuilder(Graph graph, List<SDVariable> outputs, Worker worker) {
    this.worker = worker;
    this.onHeap = graph.onHeap();
    this.placement = new Placement(graph, outputs, worker);
    List<GraphOp> once = needed(graph, outputs);
    this.accumulation = new Accumulation(once, placement.requested());
    this.ops = Recomputation.order(planned(once), graph.boundaries(), placement.requested());
  }

  Plan build() {
    Set<String> read = new HashSet<>(placement.requested());
    ops.forEach(op -> op.inputs().forEach(read::add));
    traceMemory();
    for (int i = 0; i < ops.size(); i++) {
      Accumulation.Sum sum = accumulation.sum(ops.get(i).op());
      if (sum != null) {
        place(ops.get(i), sum);
      } else {
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

  /** What is computed by itself, once each. */
  private List<PlannedOp> planned(List<GraphOp> once) {
    List<PlannedOp> planned = new ArrayList<>();
    for (GraphOp op : once) {
      Accumulation.Sum sum = accumulation.sum(op);
      if (sum != null) {
        List<String> args = new ArrayList<>(List.of(sum.product().argNames()));
        args.add(sum.term());
        planned.add(PlannedOp.once(op, args));
      } else if (!accumulation.isAbsorbed(op)) {
        planned.add(PlannedOp.once(op, List.of(op.argNames())));
      }
    }
    return planned;
  }

  private static Stream<String> touched(PlannedOp planned) {
    return Stream.concat(planned.inputs(), planned.outputs());
  }

  /** Finds the memory root of every variable and the last op that touches each root. */
  private void traceMemory() {
    Lifetimes lifetimes = new Lifetimes(placement);
    for (int i = 0; i < ops.size(); i++) {
      lifetimes.use(touched(ops.get(i)), i);
    }
    for (int i = 0; i < ops.size(); i++) {
      PlannedOp planned = ops.get(i);
      Accumulation.Sum sum = accumulation.sum(planned.op());
      if (sum != null && lifetimes.isTouchedAfter(planned.in(sum.term()), i)) {
        copying.add(planned);
      } else if (sum != null) {
        placement.share(planned.out(planned.op().output().name()), planned.in(sum.term()));
      }
      SDVariable[] outputs = planned.op().outputVariables();
      for (int o = 0; o < outputs.length; o++) {
        String shared = Accumulation.sharedInput(planned.op(), o);
        if (shared != null) {
          placement.share(planned.out(outputs[o].name()), planned.in(shared));
        }
      }
      lifetimes.join(planned.outputs());
      placement.use(touched(planned), i);
    }
    placement.keepRequested();
  }

  /** A product that is added to the memory of the other term. */
  private void place(PlannedOp planned, Accumulation.Sum sum) {
    NativeOp product = sum.product();
    INDArray[] in = new INDArray[product.args().length];
    for (int i = 0; i < in.length; i++) {
      Checks.require(
          !onHeap.containsKey(product.arg(i).name()), HEAP, product.node(), product.arg(i).name());
      in[i] = placement.input(planned.in(product.arg(i).name()));
    }
    String name = planned.out(planned.op().output().name());
    INDArray term = placement.input(planned.in(sum.term()));
    INDArray memory = term;
    if (copying.contains(planned)) {
      memory = placement.output(name, DataType.FLOAT, planned.op().outputShape(0));
      steps.add(new CopyStep(Tensors.of(term), Tensors.of(memory)));
    }
    placement.put(name, memory);
    steps.add(
        NativeCalls.of(
            product, in, memory.reshape('c', product.outputShape(0)), true, worker.crew()));
  }

  private void place(PlannedOp planned, Set<String> read) {
    GraphOp op = planned.op();
    @Nullable INDArray[] in = new @Nullable INDArray[op.args().length];
    for (int i = 0; i < in.length; i++) {
      String name = op.arg(i).name();
      in[i] = onHeap.containsKey(name) ? null : placement.input(planned.in(name));
    }
    SDVariable[] outputs = op.outputVariables();
    @Nullable INDArray[] out = new @Nullable INDArray[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      String name = planned.out(outputs[o].name());
      String shared = Accumulation.sharedInput(op, o);
      if (shared != null && onHeap.containsKey(shared)) {
        Checks.require(
            !read.contains(name),
            "%s is parameter %s on the Java heap under another name, which no op and no user of the"
                + " plan can read",
            name,
            shared);
      } else if (shared != null) {
        INDArray held = placement.input(planned.in(shared));
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
      return NativeCalls.of(nativeOp, arrays, Objects.requireNonNull(out[0]), false, worker.crew());
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
}
