package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.InPlace;

/**
 * Lays a graph's stock expansion out in memory, as {@link PlanBuilder} does with the graph itself:
 * buffers go back to the pool after their last reader, reshapes are views.
 */
final class StockPlanBuilder {
  /** The last use of what must outlive the run. */
  private static final int NEVER = Integer.MAX_VALUE;

  private final Graph graph;
  private final StockGraph stock;
  private final SameDiff sd;
  private final BufferPool.Layout pool;
  private final Set<String> requested = new LinkedHashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();
  private final Map<String, String> roots = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final Map<String, INDArray> buffers = new HashMap<>();
  private final Set<String> inputs = new LinkedHashSet<>();
  private final List<StockStep> steps = new ArrayList<>();
  private final List<INDArray> owned = new ArrayList<>();

  StockPlanBuilder(Graph graph, List<SDVariable> outputs, Worker worker) {
    this.graph = graph;
    this.stock = StockGraph.unbound(graph, outputs);
    this.sd = stock.sameDiff();
    this.pool = worker.buffers().layout();
    outputs.forEach(output -> requested.add(output.name()));
  }

  StockPlan build() {
    List<List<SameDiffOp>> parts = needed();
    traceMemory(parts);
    int index = 0;
    for (int p = 0; p < parts.size(); p++) {
      for (SameDiffOp op : parts.get(p)) {
        place(op);
        releaseAfter(op, index++);
      }
      copyBack(stock.parts().get(p).op());
    }
    Map<String, INDArray> visible = new LinkedHashMap<>();
    requested.forEach(this::array);
    inputs.forEach(name -> visible.put(name, array(name)));
    requested.forEach(name -> visible.put(name, array(name)));
    return new StockPlan(visible, steps, owned);
  }

  /** The stock ops on which requested outputs and changed caches depend, part by part. */
  private List<List<SameDiffOp>> needed() {
    wanted.addAll(requested);
    stock.parts().forEach(part -> wanted.addAll(changed(part.op()).keySet()));
    List<List<SameDiffOp>> kept = new ArrayList<>();
    for (int p = stock.parts().size() - 1; p >= 0; p--) {
      List<SameDiffOp> all = stock.parts().get(p).stock();
      List<SameDiffOp> needed = new ArrayList<>();
      for (int i = all.size() - 1; i >= 0; i--) {
        SameDiffOp op = all.get(i);
        if (op.getOutputsOfOp().stream().anyMatch(wanted::contains)) {
          needed.add(0, op);
          wanted.addAll(op.getInputsToOp());
        }
      }
      kept.add(0, needed);
    }
    return kept;
  }

  /** The input that each in-place output of an op stands for. */
  private static Map<String, String> changed(GraphOp op) {
    Map<String, String> changed = new LinkedHashMap<>();
    if (op instanceof InPlace inPlace) {
      SDVariable[] outputs = op.outputVariables();
      for (int o = 0; o < outputs.length; o++) {
        if (inPlace.inputOf(o) >= 0) {
          changed.put(outputs[o].name(), op.arg(inPlace.inputOf(o)).name());
        }
      }
    }
    return changed;
  }

  /** Finds the memory root of every variable and the last op that touches each root. */
  private void traceMemory(List<List<SameDiffOp>> parts) {
    int index = 0;
    for (List<SameDiffOp> part : parts) {
      for (SameDiffOp op : part) {
        for (String in : op.getInputsToOp()) {
          lastUse.put(root(in), index);
        }
        for (String out : op.getOutputsOfOp()) {
          if (op.getOp() instanceof Reshape) {
            roots.put(out, root(op.getInputsToOp().get(0)));
          }
          lastUse.put(root(out), index);
        }
        index++;
      }
    }
    requested.forEach(name -> lastUse.put(root(name), NEVER));
    // New caches live until they are copied back, which ends their part.
    stock.parts().forEach(part -> changed(part.op()).keySet().forEach(this::keepUntilCopied));
  }

  private void keepUntilCopied(String name) {
    lastUse.put(root(name), NEVER - 1);
  }

  private String root(String name) {
    return roots.getOrDefault(name, name);
  }

  private void place(SameDiffOp op) {
    INDArray[] in = op.getInputsToOp().stream().map(this::array).toArray(INDArray[]::new);
    StockStep step = StockStep.of(op.getOp(), in);
    List<LongShapeDescriptor> shapes = step.shapes();
    List<String> names = op.getOutputsOfOp();
    if (shapes.size() != names.size()) {
      throw new IllegalStateException(
          "stock op " + op.getName() + " has " + names.size() + " outputs but " + shapes);
    }
    if (op.getOp() instanceof Reshape) {
      arrays.put(names.get(0), in[0].reshape('c', shapes.get(0).getShape()));
      step.close();
      return;
    }
    INDArray[] out = new INDArray[names.size()];
    for (int o = 0; o < out.length; o++) {
      out[o] = output(names.get(o), shapes.get(o).getShape());
    }
    step.bind(out);
    steps.add(step);
  }

  private INDArray output(String name, long[] shape) {
    DataType type = sd.getVariable(name).dataType();
    INDArray array;
    if (type != DataType.FLOAT || Objects.requireNonNull(lastUse.get(root(name))) == NEVER) {
      array = own(Nd4j.create(type, shape));
    } else {
      long length = ArrayUtil.prodLong(shape);
      INDArray buffer = pool.take(length);
      buffers.put(name, buffer);
      array = buffer.reshape('c', shape);
    }
    arrays.put(name, array);
    return array;
  }

  private void releaseAfter(SameDiffOp op, int index) {
    Set<String> touched = new LinkedHashSet<>();
    op.getInputsToOp().forEach(name -> touched.add(root(name)));
    op.getOutputsOfOp().forEach(name -> touched.add(root(name)));
    for (String name : touched) {
      if (Objects.requireNonNull(lastUse.get(name)) == index) {
        release(name);
      }
    }
  }

  private void release(String root) {
    INDArray buffer = buffers.remove(root);
    if (buffer != null) {
      pool.release(buffer);
    }
  }

  /** From here on the changed input itself is what the output's name stands for. */
  private void copyBack(GraphOp op) {
    changed(op)
        .forEach(
            (output, input) -> {
              INDArray held = array(input);
              steps.add(StockStep.copy(array(output), held));
              arrays.put(output, held);
              release(root(output));
            });
  }

  /** A computed array, or the one of an input or constant, bound when it is first asked for. */
  private INDArray array(String name) {
    INDArray held = arrays.get(name);
    if (held != null) {
      return held;
    }
    SDVariable variable = sd.getVariable(name);
    INDArray array;
    if (variable.isConstant()) {
      array = sd.getArrForVarName(name);
    } else {
      inputs.add(name);
      INDArray parameter = graph.parameters().get(name);
      array =
          parameter != null
              ? parameter
              : own(Nd4j.create(variable.dataType(), variable.placeholderShape()));
    }
    arrays.put(name, array);
    return array;
  }

  private INDArray own(INDArray array) {
    array.setCloseable(true);
    owned.add(array);
    return array;
  }
}
