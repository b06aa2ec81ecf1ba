package org.seal4j.rl;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What evaluating an edit gave.
 *
 * @param reward in [0, 1]; a grid task: 1 if one of the two attempts is the truth, else 0; a
 *     passage: the share of its questions answered
 * @param firstReward the same for the first attempt alone (pass@1)
 * @param negLogLikelihood mean negative log-likelihood of the truth per token under the adapted
 *     model, in nats; infinite where there is none (invalid edit, training diverged)
 * @param training what the inner loop did
 * @param truth the expected answer as text
 * @param answers the produced answers as text: of a grid task the attempts, best first; of a
 *     passage one per question
 * @param trials reward of each independent repetition of training and scoring, in order; their mean
 *     is the reward. None where the training ended early because others of the context were better:
 *     nothing was asked then, the reward says nothing, and the NLL is that of the last steps taken
 */
public record Outcome(
    double reward,
    double firstReward,
    double negLogLikelihood,
    Training training,
    String truth,
    List<String> answers,
    List<Double> trials) {
  public Outcome {
    requireShare("reward", reward);
    requireShare("first reward", firstReward);
    Checks.require(
        !Double.isNaN(negLogLikelihood),
        "the NLL of the truth is NaN; report a diverged model as infinite");
    answers = List.copyOf(answers);
    trials = List.copyOf(trials);
    trials.forEach(trial -> requireShare("reward of a trial", trial));
  }

  /** The outcome of a single trial. */
  public Outcome(
      double reward,
      double firstReward,
      double negLogLikelihood,
      Training training,
      String truth,
      List<String> answers) {
    this(reward, firstReward, negLogLikelihood, training, truth, answers, List.of(reward));
  }

  /** The outcome of an edit that could not be read: reward 0. */
  public static Outcome ofInvalidEdit() {
    return new Outcome(0, 0, Double.POSITIVE_INFINITY, Training.NONE, "", List.of());
  }

  /** The outcome of an edit whose training ended early because others were better. */
  public static Outcome ofStoppedEdit(double negLogLikelihood, Training training, String truth) {
    return new Outcome(0, 0, negLogLikelihood, training, truth, List.of(), List.of());
  }

  /** Whether the training ended early because others were better. */
  public boolean stopped() {
    return trials.isEmpty();
  }

  /** Whether everything asked for was answered: reward 1. */
  public boolean solved() {
    return reward >= 1;
  }

  private static void requireShare(String what, double value) {
    Checks.require(value >= 0 && value <= 1, "the %s must be in [0, 1] but was %s", what, value);
  }

  /**
   * What the inner loop did.
   *
   * @param steps optimizer steps taken, 0 without an edit
   * @param firstLoss training loss of the first step, NaN if there was none
   * @param lastLoss training loss of the last step, NaN if there was none
   */
  public record Training(long steps, double firstLoss, double lastLoss) {
    /** Nothing was trained. */
    public static final Training NONE = new Training(0, Double.NaN, Double.NaN);

    public Training {
      Checks.require(steps >= 0, "an inner loop cannot take %d steps", steps);
      Checks.require(
          steps > 0 || (Double.isNaN(firstLoss) && Double.isNaN(lastLoss)),
          "an inner loop of 0 steps has no losses, but got %s and %s",
          firstLoss,
          lastLoss);
    }
  }
}
