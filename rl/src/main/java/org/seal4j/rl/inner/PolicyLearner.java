package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.policy.PolicyTrainer;
import org.seal4j.lora.policy.PolicyTraining;
import org.seal4j.lora.policy.Rollout;
import org.seal4j.model.Weights;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Learner;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.restem.TopPerTask;

/**
 * Learns from good and bad self-edits alike, by GRPO or DPO: an adapter over the policy that wrote
 * them is trained towards the objective and merged into the weights (docs/seal.md §7).
 *
 * <p>Self-edits of weight 0 take no part. Probabilities are those of the model itself, at
 * temperature 1, of the tokens that spell the self-edit; where a grammar restricts the prompts of
 * the language, among the tokens that it allows.
 */
public final class PolicyLearner<C extends Context, E extends SelfEdit> implements Learner<C, E> {
  private final SharedModel model;
  private final EditLanguage<C, E> language;
  private final Config config;
  private final Supplier<Weights> start;

  /**
   * How it is done.
   *
   * @param training of the adapter, towards which objective
   * @param ranking what a self-edit is worth
   */
  public record Config(PolicyTraining training, TopPerTask.Ranking ranking) {}

  /**
   * @param start opens the model that the run began with; it is closed after each use
   */
  public PolicyLearner(
      SharedModel model, EditLanguage<C, E> language, Config config, Supplier<Weights> start) {
    this.model = model;
    this.language = language;
    this.config = config;
    this.start = start;
  }

  /**
   * A selection of ReST-EM, which keeps the best of each context, would teach nothing in silence.
   */
  private static void requireRivals(List<Rollout> rollouts) {
    Set<String> groups = new HashSet<>();
    boolean rivals = rollouts.isEmpty();
    for (Rollout rollout : rollouts) {
      rivals |= !groups.add(rollout.group());
    }
    Checks.require(
        rivals,
        "GRPO and DPO compare self-edits of a context, but the selection left one alone of each of"
            + " %d contexts; take the selection that Learning gives for them",
        groups.size());
  }

  @Override
  public List<Double> learn(List<WeightedProposal<C, E>> round, Seeds seeds) {
    int vocabulary = model.weights().config().vocabSize();
    List<Rollout> rollouts = new ArrayList<>();
    for (WeightedProposal<C, E> line : round) {
      if (line.weight() > 0) {
        E edit = line.proposal().edit().orElseThrow();
        rollouts.add(
            new Rollout(
                line.context().id(),
                WrittenTexts.of(language, line.context(), edit, vocabulary),
                config.ranking.worth(line.outcome())));
      }
    }
    requireRivals(rollouts);
    try (PolicyTrainer trainer =
        new PolicyTrainer(model.weights(), config.training, model.workers())) {
      List<Double> losses = trainer.train(rollouts, start, seeds);
      if (!losses.isEmpty()) {
        Merge.merge(model.weights(), trainer.bank(), 0).close();
      }
      return losses;
    }
  }
}
