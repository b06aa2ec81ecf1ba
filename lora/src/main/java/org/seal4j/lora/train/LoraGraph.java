package org.seal4j.lora.train;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.model.CausalLm;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * One training step of m adapters as a graph, for binding and for listing: forward over the frozen
 * base, one loss per adapter, and the gradients of A and B. Rows are {@code [m, b, t]}; no gradient
 * of the base is built.
 *
 * @param graph all nodes
 * @param shape sequences of all adapters {@code m * b} by t
 * @param loss {@code [m]}, named {@code loss}
 * @param gradients gradient of each A and B by name, in the order of the forward pass
 */
public record LoraGraph(
    Graph graph, BatchShape shape, SDVariable loss, Map<String, SDVariable> gradients) {

  /**
   * @param adapters the first m of the bank
   * @param perAdapter sequences b and tokens t of each adapter
   */
  public static LoraGraph of(
      Weights weights, AdapterBank bank, int adapters, BatchShape perAdapter) {
    Graph graph = new Graph();
    BatchShape shape = new BatchShape(adapters * perAdapter.batch(), perAdapter.time());
    LoraLinear linear =
        new LoraLinear(graph, weights, bank.config(), bank.prefix(adapters), adapters, true);
    SDVariable logits = CausalLm.frozen(graph, weights, linear).logits(shape.batch(), shape.time());
    SDVariable loss = LmStep.loss(graph, logits, adapters);
    return new LoraGraph(graph, shape, loss, Backprop.gradients(graph, loss, linear.variables()));
  }
}
