package org.seal4j.rl;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What the answers of an examination are worth.
 *
 * @param reward in [0, 1]; a grid task: 1 if one of the two attempts is the truth, else 0; a
 *     passage: the share of its questions answered
 * @param firstReward the same for the first attempt alone (pass@1)
 * @param answers as text: of a grid task the attempts, best first; of a passage one per question
 */
public record Grade(double reward, double firstReward, List<String> answers) {
  public Grade {
    Checks.require(
        reward >= 0 && reward <= 1 && firstReward >= 0 && firstReward <= 1,
        "a grade's rewards must be in [0, 1] but are %s and %s",
        reward,
        firstReward);
    answers = List.copyOf(answers);
  }

  /** The grade of answers to which there is one attempt. */
  public Grade(double reward, List<String> answers) {
    this(reward, reward, answers);
  }
}
