package org.seal4j.lora.train;

import java.util.List;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.BatchShape;

/**
 * What one adapter of a step computes.
 *
 * @param batch its sequences and their padded length
 * @param frozenLayers layers that are left out: what the one below the first adapter gives is read
 *     instead of tokens
 * @param lossRows rows of which there are logits, at least as many as have a loss; 0 for all rows
 * @param width tokens of a teacher that each row has for a target; 0 for the one token that stands
 *     there
 * @param recompute layers that the backward pass computes again at a time; 0 where it has kept
 *     everything
 */
public record LoraShape(
    BatchShape batch, int frozenLayers, int lossRows, int width, int recompute) {
  /** Rows with a loss are counted in these, so that few shapes serve all steps. */
  private static final int LOSS_ROWS = 32;

  public LoraShape {
    Checks.require(
        frozenLayers >= 0
            && lossRows >= 0
            && lossRows <= batch.rows()
            && width >= 0
            && recompute >= 0,
        "a step of %d rows cannot leave out %d layers and have logits of %d rows",
        batch.rows(),
        frozenLayers,
        lossRows);
  }

  /** The same where the backward pass has kept everything. */
  public LoraShape(BatchShape batch, int frozenLayers, int lossRows, int width) {
    this(batch, frozenLayers, lossRows, width, 0);
  }

  /** The whole model, and logits of every row. */
  public static LoraShape whole(BatchShape batch) {
    return new LoraShape(batch, 0, 0, 0);
  }

  /**
   * What a step of these sequences computes.
   *
   * @param batch as many sequences or more, and their padded length
   */
  static LoraShape of(
      BatchShape batch, int frozenLayers, List<TokenSequence> sequences, InnerLoopConfig how) {
    int recompute = how.memory().recompute();
    int width = sequences.stream().mapToInt(LoraShape::width).max().orElse(0);
    if (how.logits() == InnerLoopConfig.Logits.ALL) {
      return new LoraShape(batch, frozenLayers, 0, width, recompute);
    }
    int rows = Math.max(1, sequences.stream().mapToInt(StepTargets::lossRows).sum());
    int rounded = (rows + LOSS_ROWS - 1) / LOSS_ROWS * LOSS_ROWS;
    return new LoraShape(batch, frozenLayers, Math.min(batch.rows(), rounded), width, recompute);
  }

  private static int width(TokenSequence sequence) {
    SoftTargets teacher = sequence.teacher();
    return teacher == null ? 0 : teacher.width();
  }

  /** The rows of one adapter of which there are logits. */
  int logitRows() {
    return lossRows == 0 ? batch.rows() : lossRows;
  }
}
