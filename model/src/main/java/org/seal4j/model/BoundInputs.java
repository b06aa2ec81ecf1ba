package org.seal4j.model;

import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.plan.Executable;

/** The placeholders of {@link LmInputs} in a bound plan, to be written between runs. */
public final class BoundInputs {
  private final IntBuffer ids;
  private final IntBuffer positions;
  private final @Nullable IntBuffer pairPositions;

  public BoundInputs(Executable plan) {
    ids = plan.port(LmInputs.IDS).ints();
    positions = plan.port(LmInputs.POSITIONS).ints();
    pairPositions =
        plan.has(LmInputs.PAIR_POSITIONS) ? plan.port(LmInputs.PAIR_POSITIONS).ints() : null;
  }

  /** Number of rows, one token each. */
  public int rows() {
    return ids.capacity();
  }

  /** Writes the token of one row. */
  public void put(int row, int id, int position, int pairPosition) {
    ids.put(row, id);
    positions.put(row, position);
    if (pairPositions != null) {
      pairPositions.put(row, pairPosition);
    }
  }

  /** Writes all tokens of a text but the last from a row on, and padding of id 0 behind them. */
  public void fill(int firstRow, int time, TokenSequence text) {
    for (int t = 0; t < time; t++) {
      boolean real = t < Math.max(1, text.length() - 1);
      put(firstRow + t, real ? text.ids()[t] : 0, t, real ? text.positions()[t] : 0);
    }
  }
}
