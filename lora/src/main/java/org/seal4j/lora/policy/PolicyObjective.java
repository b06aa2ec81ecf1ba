package org.seal4j.lora.policy;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.graph.Graph;

/** What a policy is trained towards. */
public abstract sealed class PolicyObjective permits GroupRelative, Preference {
  PolicyObjective() {}

  /**
   * What these rollouts teach: nothing where the rollouts of a group earned the same, or where it
   * has one alone.
   *
   * @param rollouts of one round, in any order of groups
   */
  public abstract List<Lesson> lessons(List<Rollout> rollouts);

  /** Whether the policy is held near the one that the run began with. */
  public abstract boolean needsStart();

  /** Whether a step needs the scores of all of its texts before it sees any of them. */
  abstract boolean needsScores();

  /**
   * Adds the loss of one text to its graph, with the placeholders that it reads.
   *
   * @param nll of each row that has a target, 0 where none is
   * @return {@code [1]}
   */
  abstract SDVariable loss(Graph graph, SDVariable nll);

  /**
   * The texts of a step and what their losses read.
   *
   * @param old scores under the policy that wrote the texts
   * @param reference scores under the policy that it is held near
   * @param now scores under the policy as it is at this step, where they are needed
   */
  abstract List<StepText> texts(
      List<Lesson> step, TextScores old, TextScores reference, TextScores now);

  /** The loss weights of a text's tokens that have any, times a factor. */
  static float[] weights(Lesson.Directed text, double factor) {
    float[] all = text.text().tokens().weights();
    float[] weights = new float[text.text().rows()];
    int at = 0;
    for (int i = 1; i < all.length; i++) {
      if (all[i] != 0) {
        weights[at++] = (float) (all[i] * factor);
      }
    }
    return weights;
  }
}
