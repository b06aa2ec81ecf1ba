package org.seal4j.lora.train;

import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.LmInputs;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.train.BatchShape;

/** Writes texts into a plan's inputs, without targets; padding has id 0. */
public final class TextInputs {
  private final IntBuffer ids;
  private final IntBuffer positions;
  private final @Nullable IntBuffer pairPositions;
  private final BatchShape shape;

  public TextInputs(Plan plan, BatchShape shape) {
    this.shape = shape;
    ids = Tensors.of(plan.array(LmInputs.IDS)).i();
    positions = Tensors.of(plan.array(LmInputs.POSITIONS)).i();
    pairPositions =
        plan.has(LmInputs.PAIR_POSITIONS)
            ? Tensors.of(plan.array(LmInputs.PAIR_POSITIONS)).i()
            : null;
  }

  /** Fills a row of the batch with all tokens of a text but the last. */
  public void fill(int row, TokenSequence text) {
    int at = row * shape.time();
    for (int t = 0; t < shape.time(); t++) {
      boolean real = t < text.length() - 1;
      ids.put(at + t, real ? text.ids()[t] : 0);
      positions.put(at + t, t);
      if (pairPositions != null) {
        pairPositions.put(at + t, real ? text.positions()[t] : 0);
      }
    }
  }
}
