package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.InPlace;

/**
 * Lays a graph's stock expansion out in memory, as {@link PlanBuilder} does with the graph itself:
 * buffers go back to the pool after their last reader, reshapes are views.
 */
final class StockPlanBuilder {
  private final Graph graph;
  private final Worker worker;
  private final StockGraph stock;
  private final SameDiff sd;
  private final Placement placement;
  private final List<Step> steps = new ArrayList<>();

  StockPlanBuilder(Graph graph, List<SDVariable> outputs, Worker worker) {
    this.graph = graph;
    this.worker = worker;
    this.stock = StockGraph.unbound(graph, outputs);
    this.sd = stock.sameDiff();
    this.placement = new Placement(graph, outputs, worker);
  }

  StockPlan build() {
    List<List<SameDiffOp>> parts = needed();
    traceMemory(parts);
    int index = 0;
    for (int p = 0; p < parts.size(); p++) {
      GraphOp part = stock.parts().get(p).op();
      for (SameDiffOp op : parts.get(p)) {
        place(op, part);
        placement.releaseAfter(touched(op), index++);
      }
      copyBack(part);
    }
    return new StockPlan(placement, steps, worker);
  }

  /** The stock ops on which requested outputs and changed caches depend, part by part. */
  private List<List<SameDiffOp>> needed() {
    Set<String> wanted = new HashSet<>(placement.requested());
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

  /**
   * The parameter or placeholder that each in-place output of an op stands for. A computed array
   * that is changed in place needs no copy: nothing else reads it.
   */
  private Map<String, String> changed(GraphOp op) {
    Map<String, String> changed = new LinkedHashMap<>();
    if (op instanceof InPlace inPlace) {
      SDVariable[] outputs = op.outputVariables();
      for (int o = 0; o < outputs.length; o++) {
        int input = inPlace.inputOf(o);
        if (input >= 0 && graph.producer(op.arg(input)) == null) {
          changed.put(outputs[o].name(), op.arg(input).name());
        }
      }
    }
    return changed;
  }

  private static Stream<String> touched(SameDiffOp op) {
    return Stream.concat(op.getInputsToOp().stream(), op.getOutputsOfOp().stream());
  }

  /** Finds the memory root of every variable and the last op that touches each root. */
  private void traceMemory(List<List<SameDiffOp>> parts) {
    int index = 0;
    for (List<SameDiffOp> part : parts) {
      for (SameDiffOp op : part) {
        if (op.getOp() instanceof Reshape) {
          placement.share(op.getOutputsOfOp().get(0), op.getInputsToOp().get(0));
        }
        placement.use(touched(op), index++);
      }
    }
    placement.keepRequested();
    // New caches live until they are copied back, which ends their part.
    stock.parts().stream()
        .flatMap(part -> changed(part.op()).keySet().stream())
        .forEach(placement::keepUntilReleased);
  }

  private void place(SameDiffOp op, GraphOp part) {
    try {
      bind(op);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InputException(
          "%s: a StockPlan cannot bind the SameDiff op %s of its stock form (no control flow, lists"
                  .formatted(part.node(), op.getOp().opName())
              + " of tensors or random draws); SameDiff runs it where StockGraph.of exports it",
          e);
    }
    List<String> names = op.getOutputsOfOp();
    SDVariable[] outputs = part.outputVariables();
    for (int o = 0; o < outputs.length; o++) {
      if (names.contains(outputs[o].name())) {
        String given = ArrayForm.of(array(outputs[o].name()));
        Checks.require(
            given.equals(ArrayForm.of(outputs[o].dataType(), part.outputShape(o))),
            "%s: its stock form gives %s as %s",
            part.node(),
            given,
            outputs[o].name());
      }
    }
  }

  private void bind(SameDiffOp op) {
    INDArray[] in = op.getInputsToOp().stream().map(this::array).toArray(INDArray[]::new);
    StockStep step = StockStep.of(op.getOp(), in);
    List<LongShapeDescriptor> shapes = step.shapes();
    List<String> names = op.getOutputsOfOp();
    if (shapes.size() != names.size()) {
      throw new IllegalStateException(names.size() + " outputs but " + shapes);
    }
    if (op.getOp() instanceof Reshape) {
      placement.put(names.get(0), in[0].reshape('c', shapes.get(0).getShape()));
      step.close();
      return;
    }
    INDArray[] out = new INDArray[names.size()];
    for (int o = 0; o < out.length; o++) {
      String name = names.get(o);
      out[o] = placement.output(name, sd.getVariable(name).dataType(), shapes.get(o).getShape());
    }
    step.bind(out);
    steps.add(step);
  }

  /** From here on the changed input itself is what the output's name stands for. */
  private void copyBack(GraphOp op) {
    changed(op)
        .forEach(
            (output, input) -> {
              INDArray held = array(input);
              steps.add(new StockStep.Copy(array(output), held));
              placement.put(output, held);
              placement.release(output);
            });
  }

  /** A computed array, or the one of an input or constant, placed when it is first asked for. */
  private INDArray array(String name) {
    INDArray held = placement.placed(name);
    if (held != null) {
      return held;
    }
    return sd.getVariable(name).isConstant()
        ? placement.put(name, sd.getArrForVarName(name))
        : placement.input(name);
  }
}
