package org.example.rules;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.SelfEdit;

/** What training and examining gives, less a tenth where the last training loss is above 0.1. */
public final class Certainty implements RewardRule {
  @Override
  public String rewardName() {
    return "certainty";
  }

  @Override
  public <C extends Context, E extends SelfEdit> Executor<C, E> executor(
      Domain<C, E> domain, Executor<C, E> trained) {
    return new Executor<>() {
      @Override
      public void evaluate(
          List<EditJob<C, E>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
        trained.evaluate(jobs, outcome -> inJobOrder.accept(judged(outcome)), finished);
      }
    };
  }

  static Outcome judged(Outcome o) {
    double reward = o.training().lastLoss() > 0.1 ? Math.max(0, o.reward() - 0.1) : o.reward();
    return new Outcome(
        reward, reward, o.negLogLikelihood(), o.training(), o.truth(), o.answers());
  }
}
