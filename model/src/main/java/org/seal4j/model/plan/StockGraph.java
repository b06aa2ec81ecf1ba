package org.seal4j.model.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;

/**
 * The same graph in stock SameDiff ops alone, gradients included: for reference, and for export,
 * since any DL4J user can run {@code sd.output} on it, save and load it.
 */
public final class StockGraph {
  private StockGraph() {}

  /**
   * Expands every op that the outputs need. Inputs, parameters and all results keep their names;
   * what an op is made of stands in its name's scope ({@code layers.0.attn.norm/multiply}).
   * Parameters are copied.
   */
  public static SameDiff of(Graph graph, List<SDVariable> outputs) {
    SameDiff target = SameDiff.create();
    Map<String, SDVariable> made = new HashMap<>();
    for (GraphOp op : PlanBuilder.needed(graph, outputs)) {
      SDVariable[] in = op.args();
      SDVariable[] inputs = new SDVariable[in.length];
      for (int i = 0; i < in.length; i++) {
        inputs[i] = made.computeIfAbsent(in[i].name(), name -> input(graph, target, name));
      }
      SDVariable[] out = op.outputVariables();
      // Without a scope the names that SameDiff makes up could be those of our own results.
      NameScope scope = target.withNameScope(out[0].name());
      SDVariable[] results = op.stock(target, inputs);
      scope.close();
      for (int o = 0; o < out.length; o++) {
        made.put(out[o].name(), results[o].rename(out[o].name()));
      }
    }
    for (SDVariable output : outputs) {
      made.computeIfAbsent(output.name(), name -> input(graph, target, name));
    }
    return target;
  }

  private static SDVariable input(Graph graph, SameDiff target, String name) {
    SDVariable variable = graph.sameDiff().getVariable(name);
    INDArray array = graph.parameters().get(name);
    if (array == null) {
      return target.placeHolder(name, variable.dataType(), graph.shape(variable));
    }
    INDArray copy = Objects.requireNonNull(array).dup('c');
    return variable.getVariableType() == VariableType.VARIABLE
        ? target.var(name, copy)
        : target.constant(name, copy);
  }
}
