package org.seal4j.lora.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.LoraConfig;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.LowRankAdd;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.Scale;

/**
 * The linears of a frozen base with n adapters: rows come in n equal groups, one per adapter.
 *
 * <p>{@code y = x w^T + (scaling * (x A)) B} with x {@code [n * m, in]}, A {@code [n, in, r]}, B
 * {@code [n, r, out]}. The base product is one call per group, so that an adapter's bits do not
 * depend on how many others are in the batch.
 */
public final class LoraLinear implements LinearLayer {
  private final Graph graph;
  private final LoraConfig config;
  private final Map<String, Factors> factors;
  private final int adapters;
  private final boolean trainable;
  private final boolean rowByRow;
  private final LinearLayer base;
  private final List<SDVariable> variables = new ArrayList<>();

  /**
   * @param factors A and B by module, for {@code adapters} adapters
   * @param trainable whether A and B are variables (training) or constants (generation)
   */
  public LoraLinear(
      Graph graph,
      Weights weights,
      LoraConfig config,
      Map<String, Factors> factors,
      int adapters,
      boolean trainable) {
    this(graph, weights, config, factors, adapters, trainable, Products.inCalls(adapters));
  }

  LoraLinear(
      Graph graph,
      Weights weights,
      LoraConfig config,
      Map<String, Factors> factors,
      int adapters,
      boolean trainable,
      Products products) {
    this.graph = graph;
    this.config = config;
    this.factors = factors;
    this.adapters = adapters;
    this.trainable = trainable;
    this.rowByRow = products.isRowByRow();
    this.base = CausalLm.baseLinear(graph, weights, name -> false, products);
  }

  /** The A and B variables that the graph has met so far, in order. */
  public List<SDVariable> variables() {
    return List.copyOf(variables);
  }

  @Override
  public SDVariable apply(String module, SDVariable x) {
    SDVariable y = base.apply(module, x);
    Factors f = factors.get(module);
    if (f == null) {
      return y;
    }
    long[] shape = graph.shape(x);
    f.requireFit(module, adapters, graph.shape(y)[1], shape[1]);
    SDVariable a = graph.parameter(module + ".lora_A", f.a(), trainable);
    SDVariable b = graph.parameter(module + ".lora_B", f.b(), trainable);
    variables.add(a);
    variables.add(b);
    if (rowByRow) {
      return LowRankAdd.of(graph, List.of(y, x, a, b), config.scaling());
    }
    SDVariable grouped = Reshape.of(graph, x, adapters, shape[0] / adapters, shape[1]);
    SDVariable low = Scale.of(graph, MatMul.of(graph, grouped, a, false, false), config.scaling());
    SDVariable delta = MatMul.of(graph, low, b, false, false);
    return Add.of(graph, y, Reshape.of(graph, delta, graph.shape(y)));
  }
}
