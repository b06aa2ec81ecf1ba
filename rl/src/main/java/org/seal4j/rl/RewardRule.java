package org.seal4j.rl;

import java.util.List;

/**
 * What the self-edits of a round are judged by, where recipes name it in {@code loop.reward}. Found
 * by {@link java.util.ServiceLoader}, so that a jar on the class path adds rewards. Evaluations
 * always train and examine.
 */
public interface RewardRule {
  /** By training an adapter and examining the adapted model: the reward itself. */
  String TRAINED = "trained";

  /** What recipes call it: small letters, digits and {@code _}. */
  String rewardName();

  /**
   * Evaluates the self-edits of rounds.
   *
   * @param trained trains and examines, as evaluations do
   * @throws org.seal4j.data.check.InputException where this reward is not for this domain
   */
  <C extends Context, E extends SelfEdit> Executor<C, E> executor(
      Domain<C, E> domain, Executor<C, E> trained);

  /** The reward of this name; refuses an unknown one. */
  static RewardRule named(String name) {
    return Extensions.named(
        "loop.reward",
        name,
        RewardRule.class,
        List.of(new TrainedReward()),
        RewardRule::rewardName);
  }
}
