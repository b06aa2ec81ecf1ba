package org.seal4j.rl.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.policy.GroupRelative;
import org.seal4j.lora.policy.PolicyObjective;
import org.seal4j.lora.policy.PolicyTraining;
import org.seal4j.lora.policy.Preference;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Proposal;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.SealLoopConfig;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.restem.TopPerTask;

/** A policy that learns from good and bad self-edits, on a bandit. */
@Tag("slow")
class PolicyLearnerTest {
  private static final ModelConfig SIZES = ModelConfig.small(Bandit.VOCABULARY, 16, 1, 2, 24);
  private static final int ROUNDS = 4;

  private static Weights weights(long seed) {
    return Weights.random(SIZES, 0.4, 0.2, Seeds.of(seed));
  }

  private static PolicyLearner.Config config(Learning learning, TopPerTask.Ranking ranking) {
    InnerLoopConfig adapter =
        new InnerLoopConfig(
            new LoraConfig(4, 8, false, new TargetModules("all-linear+head")),
            1,
            Schedule.CONSTANT,
            0,
            1.0,
            OptimizerSpec.ADAMW,
            4,
            1);
    PolicyObjective objective =
        learning == Learning.DPO
            ? new Preference(0.3)
            : new GroupRelative(0.2, 0.01, GroupRelative.Normalisation.SAMPLE, true);
    return new PolicyLearner.Config(new PolicyTraining(adapter, 2e-2, 8, 4, objective), ranking);
  }

  /** All rounds on one policy; the hash of what it became. */
  private static String run(
      Learning learning, TopPerTask.Ranking ranking, long seed, int threads, List<RoundResult> to) {
    try (Weights weights = weights(seed);
        Workers workers = new Workers(threads)) {
      SharedModel model = new SharedModel(weights, workers);
      Bandit bandit = new Bandit();
      LoopPorts<Bandit.Door, Bandit.Letters> ports =
          Forgetful.ports(
              bandit,
              new ModelPolicy<>(model, bandit, Sampling.at(1)),
              new PolicyLearner<>(model, bandit, config(learning, ranking), () -> weights(seed)));
      SealLoopConfig config =
          new SealLoopConfig(ROUNDS, 8, 4, learning.selection(new TopPerTask(1), ranking));
      to.addAll(
          new SealLoop<>(config, ports, Seeds.of(seed)).run(round -> Bandit.doors(8), round -> {}));
      return weights.sha256();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GRPO,REWARD,1", "GRPO,REWARD,2", "GRPO,LIKELIHOOD,3",
    "DPO,REWARD,1", "DPO,REWARD,2", "DPO,LIKELIHOOD,3"
  })
  void the_reward_of_what_it_writes_rises(
      Learning learning, TopPerTask.Ranking ranking, long seed) {
    List<RoundResult> rounds = new ArrayList<>();
    run(learning, ranking, seed, 2, rounds);
    double first = rounds.get(0).meanReward();
    double last = rounds.get(ROUNDS - 1).meanReward();
    System.out.println(learning + " " + seed + ": " + first + " to " + last);
    assertThat(last).isGreaterThan(first + 0.25);
    assertThat(rounds.get(0).losses()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Learning.class,
      names = {"GRPO", "DPO"})
  void the_policy_is_the_same_on_any_number_of_threads(Learning learning) {
    List<RoundResult> one = new ArrayList<>();
    List<RoundResult> two = new ArrayList<>();
    String hash = run(learning, TopPerTask.Ranking.REWARD, 5, 1, one);
    assertThat(run(learning, TopPerTask.Ranking.REWARD, 5, 2, two)).isEqualTo(hash);
    assertThat(two).isEqualTo(one);
  }

  @Test
  void self_edits_that_all_earned_the_same_leave_the_policy_as_it_is() {
    try (Weights weights = weights(7);
        Workers workers = new Workers(1)) {
      String before = weights.sha256();
      Bandit bandit = new Bandit();
      List<WeightedProposal<Bandit.Door, Bandit.Letters>> round = new ArrayList<>();
      for (String text : List.of("1 2", "3 1", "0 1")) {
        Outcome outcome = new Outcome(0.5, 0.5, 1, Outcome.Training.NONE, "1", List.of());
        Proposal<Bandit.Letters> written =
            new Proposal<>(text, new ParsedEdit.Valid<>(new Bandit.Letters(text)), -1, 1);
        round.add(new WeightedProposal<>(Bandit.doors(1).get(0), written, outcome, 1));
      }
      PolicyLearner<Bandit.Door, Bandit.Letters> learner =
          new PolicyLearner<>(
              new SharedModel(weights, workers),
              bandit,
              config(Learning.GRPO, TopPerTask.Ranking.REWARD),
              () -> weights(7));
      assertThat(learner.learn(round, Seeds.of(7))).isEmpty();
      assertThat(weights.sha256()).isEqualTo(before);
    }
  }
}
