package org.seal4j.model;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.model.graph.Graph;

/**
 * The placeholders of a forward pass over {@code rows = b * t} tokens.
 *
 * @param ids token ids {@code [rows]} int32; null where the pass starts above the embedding
 * @param positions rotary position of each token in its sequence {@code [rows]} int32
 * @param pairPositions position in the pair {@code [rows]} int32; null where the model has none
 */
public record LmInputs(
    @Nullable SDVariable ids, SDVariable positions, @Nullable SDVariable pairPositions) {
  public static final String IDS = "ids";
  public static final String POSITIONS = "positions";
  public static final String PAIR_POSITIONS = "pair_positions";

  /** Declares the placeholders. */
  public static LmInputs declare(Graph graph, ModelConfig config, long rows) {
    return new LmInputs(
        graph.placeholder(IDS, DataType.INT32, rows),
        graph.placeholder(POSITIONS, DataType.INT32, rows),
        config.pairPositions() > 0
            ? graph.placeholder(PAIR_POSITIONS, DataType.INT32, rows)
            : null);
  }

  /** Declares what a pass reads that starts at a layer: positions alone. */
  public static LmInputs declareForLayers(Graph graph, long rows) {
    return new LmInputs(null, graph.placeholder(POSITIONS, DataType.INT32, rows), null);
  }
}
