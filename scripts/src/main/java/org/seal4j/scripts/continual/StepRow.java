package org.seal4j.scripts.continual;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One row of a sequence's matrix: the model after so many passages.
 *
 * @param sequence number of the sequence, from 0
 * @param mode against forgetting
 * @param step passages taken in so far
 * @param passageId the passage that was taken in last; empty before the first
 * @param selfEdit the text from which it was
 * @param steps optimizer steps of its training
 * @param lastLoss loss of the last of them, penalties included; 0 if there was none
 * @param scale of the merge; 0 if nothing was merged
 * @param shares of the questions on each asked passage that were answered, in order
 * @param answers to them
 * @param residents share of the measured residents' questions; asked at the start and at the end
 */
record StepRow(
    int sequence,
    Mode mode,
    int step,
    String passageId,
    String selfEdit,
    int steps,
    double lastLoss,
    double scale,
    List<Double> shares,
    List<List<String>> answers,
    OptionalDouble residents) {
  StepRow {
    shares = List.copyOf(shares);
    answers = List.copyOf(answers);
  }

  /** Share of the passage that was just taken in. */
  double justEdited() {
    return shares.get(step - 1);
  }
}
