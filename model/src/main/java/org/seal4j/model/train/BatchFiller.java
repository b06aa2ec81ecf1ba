package org.seal4j.model.train;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.plan.Executable;

/**
 * Writes token sequences into a plan's placeholders: inputs are tokens {@code 0 .. t-2}, targets
 * the tokens after them, padding has id 0 and loss weight 0.
 */
public final class BatchFiller {
  /** What stands where no sequence does: one token without a loss. */
  public static final TokenSequence PADDING =
      new TokenSequence(new int[1], new int[1], new float[1]);

  private final BoundInputs inputs;
  private final IntBuffer targets;
  private final FloatBuffer weights;
  private final BatchShape shape;

  /**
   * @param plan with the placeholders of a step of this shape
   */
  public BatchFiller(Executable plan, BatchShape shape) {
    this.shape = shape;
    inputs = new BoundInputs(plan);
    Checks.require(
        inputs.rows() == shape.rows(),
        "a batch of %d sequences of %d tokens has %d rows but the plan has %d",
        shape.batch(),
        shape.time(),
        shape.rows(),
        inputs.rows());
    targets = plan.port(LmStep.TARGETS).ints();
    weights = plan.port(LmStep.LOSS_WEIGHTS).floats();
  }

  /** Tokens of a sequence that a step sees: all but the last. */
  public static int inputLength(TokenSequence sequence) {
    return Math.max(1, sequence.length() - 1);
  }

  /** Sum of the loss weights of a sequence that count. */
  public static double weight(TokenSequence sequence) {
    double sum = 0;
    for (int i = 1; i < sequence.length(); i++) {
      sum += sequence.weights()[i];
    }
    return sum;
  }

  /**
   * Fills rows {@code firstRow ..} with sequences, one each.
   *
   * @param scale factor on all loss weights, such as 1 / their sum for a mean
   */
  public void fill(int firstRow, List<TokenSequence> sequences, double scale) {
    requireRows(firstRow, firstRow + sequences.size());
    for (int b = 0; b < sequences.size(); b++) {
      TokenSequence s = sequences.get(b);
      Checks.require(
          inputLength(s) <= shape.time(),
          "a sequence of %d tokens does not fit a plan of %d",
          s.length(),
          shape.time() + 1);
      row((firstRow + b) * shape.time(), s, scale);
    }
  }

  private void requireRows(int from, int to) {
    Checks.require(
        from >= 0 && to <= shape.batch(),
        "rows %d to %d were asked for in a batch of %d sequences",
        from,
        to - 1,
        shape.batch());
  }

  private void row(int at, TokenSequence s, double scale) {
    int n = s.length() - 1;
    inputs.fill(at, shape.time(), s);
    for (int t = 0; t < shape.time(); t++) {
      targets.put(at + t, t < n ? s.ids()[t + 1] : 0);
      weights.put(at + t, t < n ? (float) (s.weights()[t + 1] * scale) : 0f);
    }
  }

  /** Empties rows {@code firstRow .. lastRow-1}: padding with loss weight 0. */
  public void clear(int firstRow, int lastRow) {
    requireRows(firstRow, lastRow);
    for (int row = firstRow; row < lastRow; row++) {
      row(row * shape.time(), PADDING, 0);
    }
  }
}
