package org.seal4j.rl.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.Executor;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.SelfEdit;

/** The reward {@code proxy}: judges self-edits about passages by their words alone. */
public final class ProxyRule implements RewardRule {
  @Override
  public String rewardName() {
    return "proxy";
  }

  @Override
  @SuppressWarnings("unchecked") // a PassageDomain is a domain of passages and their edits
  public <C extends Context, E extends SelfEdit> Executor<C, E> executor(
      Domain<C, E> domain, Executor<C, E> trained) {
    Checks.require(
        domain instanceof PassageDomain,
        "loop.reward is proxy, which judges texts about passages; use trained here");
    PassageDomain passages = (PassageDomain) (Domain<?, ?>) domain;
    return (Executor<C, E>) (Executor<?, ?>) new ProxyExecutor(passages.config().texts());
  }
}
