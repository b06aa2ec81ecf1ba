package org.seal4j.model.autodiff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.Ones;

/**
 * Adds the gradient of a loss to the graph that computes it.
 *
 * <p>Only ops on a path from a wanted variable to the loss are visited, and each emits only the
 * sides that are needed: a frozen base costs no weight gradients. SameDiff's own {@code
 * createGradFunction} computes both sides always and clones our ops into stock ones, so it is never
 * called.
 */
public final class Backprop {
  private final Graph graph;
  private final Set<String> dependent = new HashSet<>();
  private final Map<String, SDVariable> gradients = new HashMap<>();

  private Backprop(Graph graph) {
    this.graph = graph;
  }

  /**
   * @param loss one or more numbers; their sum is differentiated
   * @param wanted parameters or inputs
   * @return the gradient node of each wanted variable, in the given order
   */
  public static Map<String, SDVariable> gradients(
      Graph graph, SDVariable loss, List<SDVariable> wanted) {
    return new Backprop(graph).run(loss, wanted);
  }

  private Map<String, SDVariable> run(SDVariable loss, List<SDVariable> wanted) {
    List<GraphOp> forward = List.copyOf(graph.ops());
    Checks.require(!wanted.isEmpty(), "a gradient of %s by nothing was asked for", loss.name());
    markDependent(forward, wanted);
    Checks.require(
        dependent.contains(loss.name()),
        "loss %s does not depend on any of the wanted variables",
        loss.name());
    gradients.put(loss.name(), Ones.like(graph, loss));
    for (int i = forward.size() - 1; i >= 0; i--) {
      differentiate(forward.get(i));
    }
    Map<String, SDVariable> result = new LinkedHashMap<>();
    for (SDVariable variable : wanted) {
      SDVariable gradient = gradients.get(variable.name());
      result.put(
          variable.name(),
          Checks.present(gradient, "loss %s does not depend on %s", loss.name(), variable.name()));
    }
    return result;
  }

  private void markDependent(List<GraphOp> forward, List<SDVariable> wanted) {
    for (SDVariable variable : wanted) {
      Checks.require(
          variable.dataType() == DataType.FLOAT,
          "a gradient is taken by float32 variables, not by %s",
          graph.text(variable));
      dependent.add(variable.name());
    }
    for (GraphOp op : forward) {
      boolean any = false;
      for (SDVariable in : op.args()) {
        any |= dependent.contains(in.name());
      }
      if (any) {
        for (SDVariable out : op.outputVariables()) {
          dependent.add(out.name());
        }
      }
    }
  }

  private void differentiate(GraphOp op) {
    SDVariable[] outputs = op.outputVariables();
    @Nullable SDVariable[] upstream = new @Nullable SDVariable[outputs.length];
    boolean reached = false;
    for (int i = 0; i < outputs.length; i++) {
      upstream[i] = gradients.get(outputs[i].name());
      reached |= upstream[i] != null;
    }
    SDVariable[] inputs = op.args();
    boolean[] needed = new boolean[inputs.length];
    boolean any = false;
    for (int i = 0; i < inputs.length; i++) {
      needed[i] = dependent.contains(inputs[i].name());
      any |= needed[i];
    }
    if (!reached || !any) {
      return;
    }
    @Nullable SDVariable[] sides =
        Checks.present(
            op.gradient(upstream, needed),
            "%s: its gradient(...) gave null instead of one side for each input",
            op.node());
    Checks.require(
        sides.length == inputs.length,
        "%s has %d inputs but its gradient has %d sides",
        op.node(),
        inputs.length,
        sides.length);
    for (int i = 0; i < inputs.length; i++) {
      if (needed[i]) {
        SDVariable side =
            Checks.present(
                sides[i], "%s has no gradient by its input %s", op.node(), graph.text(inputs[i]));
        Checks.require(
            Arrays.equals(graph.shape(side), graph.shape(inputs[i])),
            "%s: the gradient by its input %s must have the same shape but is %s",
            op.node(),
            graph.text(inputs[i]),
            graph.text(side));
        accumulate(inputs[i].name(), side);
      }
    }
  }

  private void accumulate(String name, SDVariable side) {
    SDVariable held = gradients.get(name);
    gradients.put(name, held == null ? side : Add.of(graph, held, side));
  }
}
