package org.seal4j.lora.train;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Embedding;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.SparseCrossEntropy;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * One training step of m adapters as a graph, for binding and for listing: forward over the frozen
 * base, one loss per adapter, and the gradients of A and B. Rows are {@code [m, b, t]}; no gradient
 * of the base is built. Without its lower layers it reads what they give from the placeholder
 * {@code below}, {@code [m * b * t, d]}; with logits of some rows alone it reads the numbers of
 * these rows from {@code loss_rows}, {@code [m * n]} int32. Where a teacher says what is to be
 * predicted, its likeliest tokens are read from {@code targets} and {@code probabilities}, {@code
 * [rows, k]} each.
 *
 * @param graph all nodes
 * @param shape sequences of all adapters {@code m * b} by t
 * @param loss {@code [m]}, named {@code loss}
 * @param gradients gradient of each A and B by name, in the order of the forward pass
 */
public record LoraGraph(
    Graph graph, BatchShape shape, SDVariable loss, Map<String, SDVariable> gradients) {
  static final String BELOW = "below";

  /** Numbers of the rows of which there are logits. */
  public static final String LOSS_ROWS = "loss_rows";

  static final String PROBABILITIES = "probabilities";

  /**
   * The whole model, with logits of every row.
   *
   * @param adapters the first m of the bank
   * @param perAdapter sequences b and tokens t of each adapter
   */
  public static LoraGraph of(
      Weights weights, AdapterBank bank, int adapters, BatchShape perAdapter) {
    return of(weights, bank, adapters, LoraShape.whole(perAdapter));
  }

  /**
   * @param adapters the first m of the bank
   * @param perAdapter what is computed for each
   */
  public static LoraGraph of(
      Weights weights, AdapterBank bank, int adapters, LoraShape perAdapter) {
    Graph graph = new Graph();
    BatchShape shape = shape(adapters, perAdapter);
    LoraLinear linear =
        new LoraLinear(graph, weights, bank.config(), bank.prefix(adapters), adapters, true);
    SDVariable logits = logits(graph, weights, linear, adapters, perAdapter);
    SDVariable loss = loss(graph, logits, adapters, perAdapter.width());
    return new LoraGraph(graph, shape, loss, Backprop.gradients(graph, loss, linear.variables()));
  }

  /**
   * The logits of the rows that are asked for.
   *
   * @param linear the base with so many adapters
   * @param perAdapter what is computed for each
   */
  public static SDVariable logits(
      Graph graph, Weights weights, LoraLinear linear, int adapters, LoraShape perAdapter) {
    CausalLm model = CausalLm.frozen(graph, weights, linear);
    SDVariable x = lastLayer(graph, weights, model, shape(adapters, perAdapter), perAdapter);
    if (perAdapter.lossRows() > 0) {
      long rows = (long) adapters * perAdapter.lossRows();
      SDVariable chosen = graph.placeholder(LOSS_ROWS, DataType.INT32, rows);
      x = graph.name(Embedding.of(graph, x, chosen), "rows_with_loss");
    }
    return model.head(x);
  }

  /** The loss of each adapter: against the tokens that stand there, or against a teacher's. */
  private static SDVariable loss(Graph graph, SDVariable logits, int adapters, int width) {
    if (width == 0) {
      return LmStep.loss(graph, logits, adapters);
    }
    long rows = graph.shape(logits)[0];
    SDVariable ids = graph.placeholder(LmStep.TARGETS, DataType.INT32, rows, width);
    SDVariable p = graph.placeholder(PROBABILITIES, DataType.FLOAT, rows, width);
    SDVariable weights = graph.placeholder(LmStep.LOSS_WEIGHTS, DataType.FLOAT, rows);
    List<SDVariable> inputs = List.of(logits, ids, p, weights);
    return graph.name(SparseCrossEntropy.of(graph, inputs, adapters)[0], LmStep.LOSS);
  }

  private static BatchShape shape(int adapters, LoraShape perAdapter) {
    return new BatchShape(adapters * perAdapter.batch().batch(), perAdapter.batch().time());
  }

  private static SDVariable lastLayer(
      Graph graph, Weights weights, CausalLm model, BatchShape shape, LoraShape perAdapter) {
    int layers = weights.config().layers();
    int from = perAdapter.frozenLayers();
    LmInputs in =
        from == 0
            ? LmInputs.declare(graph, weights.config(), shape.rows())
            : LmInputs.declareForLayers(graph, shape.rows());
    SDVariable x =
        from == 0
            ? model.embedding(in)
            : graph.placeholder(BELOW, DataType.FLOAT, shape.rows(), weights.config().dim());
    var attention = CausalLm.fullAttention(graph, weights.config(), shape.batch());
    int most = perAdapter.recompute();
    int each = most == 0 ? layers : most;
    while (from < layers) {
      int to = Math.min(layers - from, each) + from;
      x = model.layers(from, to, x, in, attention);
      if (most > 0) {
        graph.boundary(x);
      }
      from = to;
    }
    return x;
  }
}
