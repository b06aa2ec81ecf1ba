package org.seal4j.rl;

import java.util.List;
import org.seal4j.data.check.NamedServices;

/**
 * What the self-edits of a round are judged by, where recipes name it in {@code loop.reward}. Found
 * by {@link java.util.ServiceLoader}, so that a jar on the class path adds rewards. Evaluations
 * always train and examine.
 */
public interface RewardRule {
  /** By training an adapter and examining the adapted model: the reward itself. */
  String TRAINED = "trained";

  /** By their names in recipes. */
  NamedServices<RewardRule> KNOWN =
      new NamedServices<>(
          RewardRule.class, "reward", RewardRule::rewardName, List.of(new TrainedReward()));

  /** What recipes call it: lower-case letters, digits, {@code -} and {@code _}. */
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
    return KNOWN.get(name);
  }
}
