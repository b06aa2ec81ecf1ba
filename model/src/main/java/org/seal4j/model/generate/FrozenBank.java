package org.seal4j.model.generate;

import org.seal4j.data.check.Checks;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.Products;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Engine;

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
  public void requireEngine(Engine engine) {
    bank.requireEngine(engine);
    Checks.require(
        engine == Engine.KERNELS,
        "weights as %s are read by the kernels of Seal4J alone, but the engine is %s; use the"
            + " engine kernels, or the weights as float32",
        frozen.form().text(),
        engine);
  }

  @Override
  public LinearLayer linear(Graph graph, Products products) {
    boolean narrow = everywhere || products.isRowByRow();
    return bank.linear(graph, narrow ? products.with(frozen) : products);
  }
}
