package org.seal4j.rl.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.seal4j.rl.Learner;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.SealLoopConfig;
import org.seal4j.rl.inner.EightArms.Arm;
import org.seal4j.rl.inner.EightArms.Hall;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.restem.TopPerTask;
import org.seal4j.rl.restem.TopPerTask.Ranking;

/** Each way to learn finds the best of eight arms; paid the opposite, none does. */
@Tag("slow")
class EightArmsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 8);
  private static final ModelConfig SIZES = ModelConfig.small(EightArms.VOCABULARY, 8, 1, 2, 12);
  private static final int SEEDS = 20;
  private static final int ROUNDS = 4;
  private static final int PULLS = 32;

  private static Weights weights(Seeds seeds) {
    return Weights.random(SIZES, 0.1, 0.1, seeds.child("weights"));
  }

  private static InnerLoopConfig adapter(int batch) {
    LoraConfig lora = new LoraConfig(4, 8, false, new TargetModules("all-linear+head"));
    return new InnerLoopConfig(lora, batch, Schedule.CONSTANT, 0, 1.0, OptimizerSpec.ADAMW, 4, 1);
  }

  private static Learner<Hall, Arm> learner(
      Learning learning, SharedModel model, EightArms arms, Seeds seeds) {
    PolicyObjective objective =
        learning == Learning.DPO
            ? new Preference(0.3)
            : new GroupRelative(0.5, 0, GroupRelative.Normalisation.SAMPLE, true);
    return learning == Learning.RESTEM
        ? new AdapterLearner<>(model, arms, new AdapterFit.Config(adapter(4), 2e-2, 8))
        : new PolicyLearner<>(
            model,
            arms,
            new PolicyLearner.Config(
                new PolicyTraining(adapter(1), 3e-2, 16, 8, objective), Ranking.REWARD),
            () -> weights(seeds));
  }

  /** Whether the arm that the policy holds for likeliest in the end is the best one. */
  private static boolean finds(Learning learning, Seeds seeds, boolean opposite) {
    EightArms arms = new EightArms(seeds, opposite);
    try (Weights weights = weights(seeds);
        Workers workers = new Workers(1)) {
      SharedModel model = new SharedModel(weights, workers);
      SealLoopConfig config =
          new SealLoopConfig(
              ROUNDS,
              PULLS,
              0,
              learning.selection(new TopPerTask(4, Ranking.REWARD), Ranking.REWARD));
      var policy = new ModelPolicy<Hall>(model, arms, Sampling.at(1));
      new SealLoop<>(
              config,
              Forgetful.ports(arms, policy, learner(learning, model, arms, seeds)),
              seeds.child("loop"))
          .run(round -> List.of(EightArms.HALL), round -> {});
      String likeliest =
          new ModelPolicy<Hall>(model, arms, Sampling.mostLikely())
              .sample(List.of(new SampleRequest<>(EightArms.HALL, 0, seeds)))
              .get(0)
              .raw();
      return likeliest.equals(Integer.toString(arms.best()));
    }
  }

  private static int found(Learning learning, int seeds, boolean opposite) {
    int found = 0;
    for (int seed = 0; seed < seeds; seed++) {
      found += finds(learning, Seeds.of(SEED).child("bandit", seed), opposite) ? 1 : 0;
    }
    System.out.printf(
        "%s finds the best of %d arms in %d rounds with %d of %d seeds%s (-Dseal.test.seed=%d)%n",
        learning,
        EightArms.ARMS,
        ROUNDS,
        found,
        seeds,
        opposite ? ", paid the opposite" : "",
        SEED);
    return found;
  }

  @ParameterizedTest
  @EnumSource(Learning.class)
  void the_best_of_eight_arms_is_found_within_four_rounds(Learning learning) {
    assertThat(found(learning, SEEDS, false)).isGreaterThanOrEqualTo(19);
  }

  @ParameterizedTest
  @EnumSource(Learning.class)
  void a_policy_that_is_paid_the_opposite_does_not_find_it(Learning learning) {
    assertThat(found(learning, 4, true)).isZero();
  }
}
