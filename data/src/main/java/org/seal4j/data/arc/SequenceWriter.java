package org.seal4j.data.arc;

import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;

/**
 * Writes one {@link TokenSequence} of known length. The token after an output grid closes it, so it
 * counts at least as much as the grid.
 */
final class SequenceWriter {
  private final GridCodec codec;
  private final int[] ids;
  private final float[] weights;
  private int length;
  private float closing;

  SequenceWriter(GridCodec codec, int length) {
    this.codec = codec;
    ids = new int[length];
    weights = new float[length];
  }

  SequenceWriter pair(GridPair pair, float other, float output) {
    grid(GridVocabulary.IN, pair.input(), other, other);
    grid(GridVocabulary.OUT, pair.output(), other, output);
    closing = output;
    return this;
  }

  SequenceWriter grid(int marker, Grid grid, float markerWeight, float cellWeight) {
    token(marker, markerWeight);
    for (int id : codec.encode(grid)) {
      token(id, cellWeight);
    }
    return this;
  }

  SequenceWriter token(int id, float weight) {
    ids[length] = id;
    weights[length] = length == 0 ? 0 : Math.max(weight, closing);
    closing = 0;
    length++;
    return this;
  }

  TokenSequence build() {
    Checks.require(length == ids.length, "wrote %d of %d tokens", length, ids.length);
    return new TokenSequence(ids, codec.positionsOf(ids), weights);
  }
}
