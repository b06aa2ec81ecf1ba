package org.seal4j.rl;

import java.util.List;
import org.seal4j.data.seed.Seeds;

/**
 * The M-step: fits the policy to the weighted proposals, or learns from their outcomes otherwise,
 * and merges what it learned.
 */
public interface Learner<C extends Context, E extends SelfEdit> {
  /**
   * Changes the policy in place. A pure function of the current policy, the proposals and the
   * seeds.
   *
   * @param round all evaluated proposals of the round, in journal order, at least one of weight
   *     above 0
   * @return the training loss of each optimizer step; empty where nothing taught, and the policy is
   *     as it was
   */
  List<Double> learn(List<WeightedProposal<C, E>> round, Seeds seeds);
}
