package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;

/**
 * The same graph in stock SameDiff ops alone, gradients included: for reference, and for export,
 * since any DL4J user can run {@code sd.output} on it, save and load it.
 *
 * <p>Inputs, parameters and all results keep their names; what an op is made of stands in its
 * name's scope ({@code layers.0.attn.norm/multiply}). Stock ops do not refuse ids, targets or cache
 * positions out of range as our kernels do.
 */
public final class StockGraph {
  private final Graph graph;
  private final SameDiff target = SameDiff.create();
  private final Map<String, SDVariable> made = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  private StockGraph(Graph graph) {
    this.graph = graph;
  }

  /** The stock ops that one of our ops has become, in order. */
  record Part(GraphOp op, List<SameDiffOp> stock) {}

  /** Expands every op that the outputs need. Parameters are copied. */
  public static SameDiff of(Graph graph, List<SDVariable> outputs) {
    StockGraph stock = new StockGraph(graph);
    stock.expand(outputs, stock::copiedInput);
    return stock.target;
  }

  /** The same with parameters as placeholders, to be bound to arrays that live elsewhere. */
  static StockGraph unbound(Graph graph, List<SDVariable> outputs) {
    StockGraph stock = new StockGraph(graph);
    stock.expand(outputs, stock::placeholder);
    return stock;
  }

  SameDiff sameDiff() {
    return target;
  }

  List<Part> parts() {
    return parts;
  }

  private void expand(List<SDVariable> outputs, Function<String, SDVariable> input) {
    for (GraphOp op : PlanBuilder.needed(graph, outputs)) {
      SDVariable[] in = op.args();
      SDVariable[] inputs = new SDVariable[in.length];
      for (int i = 0; i < in.length; i++) {
        Checks.require(
            !graph.onHeap().containsKey(in[i].name()), PlanBuilder.HEAP, op.node(), in[i].name());
        inputs[i] = made.computeIfAbsent(in[i].name(), input);
      }
      SDVariable[] out = op.outputVariables();
      int before = target.getOps().size();
      // Without a scope the names that SameDiff makes up could be those of our own results.
      NameScope scope = target.withNameScope(out[0].name());
      SDVariable[] results =
          Checks.present(
              op.stock(target, inputs),
              "%s: its stock(...) gave null instead of its outputs",
              op.node());
      Checks.require(
          results.length == out.length,
          "%s has %d outputs but its stock form gives %d",
          op.node(),
          out.length,
          results.length);
      for (int o = 0; o < out.length; o++) {
        // An input that is handed on keeps its own name.
        Checks.present(results[o], "%s: output %d of its stock(...) is null", op.node(), o);
        boolean own = !List.of(inputs).contains(results[o]);
        results[o] = own ? results[o] : target.identity(results[o]);
      }
      scope.close();
      for (int o = 0; o < out.length; o++) {
        made.put(out[o].name(), results[o].rename(out[o].name()));
      }
      parts.add(new Part(op, target.getOps().values().stream().skip(before).toList()));
    }
    for (SDVariable output : outputs) {
      made.computeIfAbsent(output.name(), input);
    }
  }

  private SDVariable copiedInput(String name) {
    INDArray array = graph.parameters().get(name);
    if (array == null) {
      return placeholder(name);
    }
    INDArray copy = array.dup('c');
    return graph.sameDiff().getVariable(name).getVariableType() == VariableType.VARIABLE
        ? target.var(name, copy)
        : target.constant(name, copy);
  }

  private SDVariable placeholder(String name) {
    SDVariable variable = graph.sameDiff().getVariable(name);
    return target.placeHolder(name, variable.dataType(), graph.shape(variable));
  }
}
