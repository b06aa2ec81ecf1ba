package org.seal4j.rl;

/** Judges the self-edits of rounds as evaluations do. */
final class TrainedReward implements RewardRule {
  @Override
  public String rewardName() {
    return TRAINED;
  }

  @Override
  public <C extends Context, E extends SelfEdit> Executor<C, E> executor(
      Domain<C, E> domain, Executor<C, E> trained) {
    return trained;
  }
}
