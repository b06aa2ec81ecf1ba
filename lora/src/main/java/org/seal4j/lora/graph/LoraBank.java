package org.seal4j.lora.graph;

import org.seal4j.lora.AdapterBank;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.graph.Graph;

/**
 * The first adapters of a bank, for generation and scoring with them over the frozen base.
 *
 * @param weights the base
 * @param bank the adapters; retrained in place, they are read anew by every run
 * @param groups how many of them, from the first
 */
public record LoraBank(Weights weights, AdapterBank bank, int groups) implements LinearBank {
  public LoraBank {
    bank.requireAdapter(groups - 1);
  }

  @Override
  public LinearLayer linear(Graph graph, Products products) {
    return new LoraLinear(
        graph, weights, bank.config(), bank.prefix(groups), groups, false, products);
  }
}
