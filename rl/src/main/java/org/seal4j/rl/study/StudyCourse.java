package org.seal4j.rl.study;

import org.seal4j.data.check.Checks;

/**
 * How what was written about one passage is trained on.
 *
 * @param writing what the model writes
 * @param passage whether the passage stands in every batch besides
 * @param distilled whether questions are trained on with what the reading model held for likely at
 *     each place of its answer (context distillation), or with its answer for certain
 * @param steps optimizer steps, whatever was written, so that all cost alike
 * @param batch rows of a step
 * @param learningRate peak rate
 * @param questions that an edit asks
 * @param filter which of them are trained on
 */
public record StudyCourse(
    StudyWriting writing,
    boolean passage,
    boolean distilled,
    int steps,
    int batch,
    double learningRate,
    int questions,
    FilterLevel filter) {
  public StudyCourse {
    Checks.require(steps >= 1, "steps must be >= 1 but was %d", steps);
    Checks.require(questions >= 1, "questions must be >= 1 but was %d", questions);
    Checks.require(
        batch >= (passage && writing != StudyWriting.NOTHING ? 2 : 1),
        "batch is %d, but the passage takes one place of it and what is written about it another",
        batch);
    Checks.require(
        passage || writing != StudyWriting.NOTHING,
        "passage is false and writing is nothing: there is nothing to train on");
    Checks.require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learningRate must be finite and > 0 but was %s",
        learningRate);
  }
}
