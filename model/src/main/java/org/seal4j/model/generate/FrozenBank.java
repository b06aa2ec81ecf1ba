package org.seal4j.model.generate;

import org.seal4j.model.FrozenWeights;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.Products;
import org.seal4j.model.graph.Graph;

/**
 * A bank over weights in fewer bits.
 *
 * @param everywhere whether texts are read with them too, or tokens written alone
 */
record FrozenBank(LinearBank bank, FrozenWeights frozen, boolean everywhere) implements LinearBank {
  @Override
  public int groups() {
    return bank.groups();
  }

  @Override
  public LinearLayer linear(Graph graph, Products products) {
    boolean narrow = everywhere || products.isRowByRow();
    return bank.linear(graph, narrow ? products.with(frozen) : products);
  }
}
