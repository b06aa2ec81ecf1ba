package org.seal4j.scripts.continual;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One row of a sequence's matrix: the model after so many passages.
 *
 * @param sequence number of the sequence, from 0
 * @param mode against forgetting
 * @param step passages trained on so far
 * @param passageId the passage that was trained on last; empty before the first
 * @param selfEdit its self-edit
 * @param steps optimizer steps of its training
 * @param lastLoss loss of the last of them, penalties included; 0 if there was none
 * @param scale of the merge; 0 if nothing was merged
 * @param shares of the questions on each asked passage that were answered, in order
 * @param answers to them
 * @param priorKnowledge share of the questions on facts of pretraining that were answered; asked at
 *     the start and at the end
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
    OptionalDouble priorKnowledge) {
  StepRow {
    shares = List.copyOf(shares);
    answers = List.copyOf(answers);
  }

  /** Share of the passage that was just trained on. */
  double justEdited() {
    return shares.get(step - 1);
  }
}
