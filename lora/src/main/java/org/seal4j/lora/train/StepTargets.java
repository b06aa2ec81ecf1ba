package org.seal4j.lora.train;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.LmStep;

/**
 * Writes the targets of a step: those of every token, or of those alone that have a loss. Places
 * that are left over have weight 0.
 */
final class StepTargets {
  private final LoraShape perAdapter;
  private final IntBuffer targets;
  private final FloatBuffer weights;
  private final @Nullable IntBuffer lossRows;
  private final @Nullable FloatBuffer probabilities;

  StepTargets(Executable plan, LoraShape perAdapter) {
    this.perAdapter = perAdapter;
    targets = plan.port(LmStep.TARGETS).ints();
    weights = plan.port(LmStep.LOSS_WEIGHTS).floats();
    lossRows = perAdapter.lossRows() > 0 ? plan.port(LoraGraph.LOSS_ROWS).ints() : null;
    probabilities = perAdapter.width() > 0 ? plan.port(LoraGraph.PROBABILITIES).floats() : null;
  }

  /** Rows of a sequence that have a loss. */
  static int lossRows(TokenSequence sequence) {
    int rows = 0;
    for (int i = 1; i < sequence.length(); i++) {
      rows += sequence.weights()[i] == 0 ? 0 : 1;
    }
    return rows;
  }

  /**
   * Writes the targets of one adapter.
   *
   * @param scale factor on all loss weights
   */
  void put(int adapter, List<TokenSequence> sequences, double scale) {
    int at = adapter * perAdapter.logitRows();
    int end = at + perAdapter.logitRows();
    int row = adapter * perAdapter.batch().rows();
    for (TokenSequence s : sequences) {
      for (int t = 0; t < perAdapter.batch().time(); t++) {
        boolean real = t + 1 < s.length();
        float weight = real ? (float) (s.weights()[t + 1] * scale) : 0f;
        if (lossRows == null) {
          write(at++, row + t, s, real ? t + 1 : -1, weight);
        } else if (real && s.weights()[t + 1] != 0) {
          Checks.require(at < end, "a step with logits of %d rows has more with a loss", end - at);
          write(at++, row + t, s, t + 1, weight);
        }
      }
      row += perAdapter.batch().time();
    }
    while (at < end) {
      write(at++, adapter * perAdapter.batch().rows(), BatchFiller.PADDING, -1, 0f);
    }
  }

  /**
   * Writes one target.
   *
   * @param place in the sequence; -1 for none
   */
  private void write(int at, int row, TokenSequence sequence, int place, float weight) {
    if (probabilities == null) {
      targets.put(at, place < 0 ? 0 : sequence.ids()[place]);
    } else {
      writeSoft(at, sequence, place, probabilities);
    }
    weights.put(at, weight);
    if (lossRows != null) {
      lossRows.put(at, row);
    }
  }

  /** A teacher's tokens; the one that stands there, for certain, where there is no teacher. */
  private void writeSoft(int at, TokenSequence sequence, int place, FloatBuffer into) {
    SoftTargets teacher = sequence.teacher();
    int known = place < 0 ? 0 : teacher == null ? 1 : teacher.width();
    for (int k = 0; k < perAdapter.width(); k++) {
      int to = at * perAdapter.width() + k;
      if (k >= known) {
        targets.put(to, 0);
        into.put(to, 0f);
      } else if (teacher == null) {
        targets.put(to, sequence.ids()[place]);
        into.put(to, 1f);
      } else {
        targets.put(to, teacher.ids()[place * known + k]);
        into.put(to, teacher.probabilities()[place * known + k]);
      }
    }
  }
}
