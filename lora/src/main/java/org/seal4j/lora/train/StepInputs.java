package org.seal4j.lora.train;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.LmInputs;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/** Writes what a step reads of each sequence: its tokens, or what frozen layers make of them. */
final class StepInputs {
  private final BatchShape shape;
  private final @Nullable FrozenLayers layers;
  private final @Nullable BoundInputs tokens;
  private final @Nullable FloatBuffer below;

  /**
   * @param layers below the step's own; null where it has all
   */
  StepInputs(Executable plan, BatchShape shape, @Nullable FrozenLayers layers) {
    this.shape = shape;
    this.layers = layers;
    tokens = layers == null ? new BoundInputs(plan) : null;
    below = layers == null ? null : plan.port(LoraGraph.BELOW).floats();
    if (layers != null) {
      IntBuffer positions = plan.port(LmInputs.POSITIONS).ints();
      for (int row = 0; row < shape.rows(); row++) {
        positions.put(row, row % shape.time());
      }
    }
  }

  /** Writes one sequence, with zeros or padding behind it. */
  void put(int place, TokenSequence sequence) {
    Checks.require(
        BatchFiller.inputLength(sequence) <= shape.time(),
        "a sequence of %d tokens does not fit a step of %d",
        sequence.length(),
        shape.time() + 1);
    if (tokens != null) {
      tokens.fill(place * shape.time(), shape.time(), sequence);
    } else if (layers != null && below != null) {
      write(below, place, layers.output(sequence));
    }
  }

  /** Empties the place of a sequence. */
  void clear(int place) {
    if (tokens != null) {
      tokens.fill(place * shape.time(), shape.time(), BatchFiller.PADDING);
    } else if (below != null) {
      write(below, place, new float[0]);
    }
  }

  private void write(FloatBuffer into, int place, float[] rows) {
    int size = into.capacity() / shape.batch();
    into.put(place * size, rows, 0, rows.length);
    float[] zeros = new float[size - rows.length];
    into.put(place * size + rows.length, zeros);
  }
}
