package org.seal4j.lora.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Workers;

/** Training towards an objective. */
class PolicyTrainerTest {
  private static final Seeds SEEDS = Seeds.of(PolicyBench.SEED);
  private static final List<Rollout> ROLLOUTS = PolicyBench.rollouts(PolicyBench.SEED);

  /** What came out: the adapter's bits, and the losses. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Trained(byte[] adapter, float[] logits, List<Double> losses) {}

  private static Trained train(PolicyTraining how, List<Rollout> rollouts, Workers workers) {
    try (Weights weights = TinyModels.weights(1);
        PolicyTrainer trainer = new PolicyTrainer(weights, how, workers)) {
      String before = weights.sha256();
      Supplier<Weights> start = () -> TinyModels.weights(1);
      List<Double> losses = trainer.train(rollouts, start, SEEDS);
      assertThat(weights.sha256()).isEqualTo(before);
      TinyModels.Adapted adapter = TinyModels.single(trainer.bank(), 0);
      return new Trained(TinyModels.bytes(adapter), TinyModels.logits(weights, adapter), losses);
    }
  }

  private static Trained train(PolicyTraining how, List<Rollout> rollouts) {
    try (Workers workers = new Workers(2)) {
      return train(how, rollouts, workers);
    }
  }

  private static PolicyObjective objective(String kind) {
    return kind.equals("dpo") ? new Preference(0.3) : PolicyBench.grpo(0.2, 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "dpo"})
  @Tag("slow")
  void neither_threads_nor_layers_computed_again_change_a_bit_and_stock_ops_little(String kind) {
    PolicyTraining how = PolicyBench.training(objective(kind));
    PolicyTraining again = new PolicyTraining(PolicyBench.adapter(1), 1e-2, 3, 2, objective(kind));
    try (Workers one = new Workers(1);
        Workers two = new Workers(2);
        Workers stock = new Workers(1, Engine.STOCK);
        Workers hidden = Workers.hiding(1, Engine.KERNELS)) {
      Trained expected = train(how, ROLLOUTS, one);
      assertThat(expected.losses).hasSize(kind.equals("dpo") ? 2 : 8);
      for (Trained other :
          List.of(
              train(how, ROLLOUTS, two),
              train(again, ROLLOUTS, one),
              train(how, ROLLOUTS, hidden))) {
        assertThat(other.losses).isEqualTo(expected.losses);
        assertThat(other.adapter).isEqualTo(expected.adapter);
      }
      Trained twin = train(how, ROLLOUTS, stock);
      for (int i = 0; i < twin.losses.size(); i++) {
        assertThat(twin.losses.get(i)).isCloseTo(expected.losses.get(i), offset(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "dpo"})
  void rewards_that_are_the_same_and_groups_of_one_teach_nothing(String kind) {
    List<Rollout> same = new ArrayList<>();
    for (Rollout rollout : ROLLOUTS.subList(0, 4)) {
      same.add(new Rollout("same", rollout.texts(), 0.5));
    }
    same.add(new Rollout("alone", ROLLOUTS.get(4).texts(), 1));
    same.add(new Rollout("failed", ROLLOUTS.get(5).texts(), Double.NEGATIVE_INFINITY));
    same.add(new Rollout("failed", ROLLOUTS.get(6).texts(), Double.NEGATIVE_INFINITY));
    Trained trained = train(PolicyBench.training(objective(kind)), same);
    assertThat(trained.losses).isEmpty();
    try (Weights weights = TinyModels.weights(1)) {
      assertThat(trained.logits).containsExactly(TinyModels.logits(weights, null));
    }
  }

  @Test
  void a_preference_begins_at_the_logarithm_of_two_and_falls() {
    PolicyTraining how =
        new PolicyTraining(PolicyBench.adapter(0), 5e-3, 3, 10, new Preference(0.3));
    List<Double> losses = train(how, ROLLOUTS).losses;
    assertThat(losses.get(0)).isCloseTo(Math.log(2), offset(1e-6));
    assertThat(losses.get(9)).isLessThan(0.5);
  }

  @Test
  void the_divergence_is_from_the_policy_of_the_start_and_pulls_back_to_it() {
    PolicyTraining how =
        new PolicyTraining(PolicyBench.adapter(0), 5e-3, 12, 12, PolicyBench.grpo(0.2, 5));
    try (Workers workers = new Workers(2);
        Weights weights = TinyModels.weights(1);
        PolicyTrainer trainer = new PolicyTrainer(weights, how, workers)) {
      List<Double> own = trainer.train(ROLLOUTS, () -> TinyModels.weights(1), SEEDS);
      assertThat(own.get(0)).as("no divergence, mean advantage 0").isCloseTo(0, offset(1e-5));
      List<Double> other = trainer.train(ROLLOUTS, () -> TinyModels.weights(2), SEEDS);
      assertThat(other.get(0)).isGreaterThan(1);
      assertThat(other.get(11)).isLessThan(other.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "dpo"})
  void what_earned_more_becomes_likelier_against_what_earned_less(String kind) {
    List<Rollout> two =
        List.of(
            new Rollout("g", ROLLOUTS.get(2).texts(), 0.9),
            new Rollout("g", ROLLOUTS.get(5).texts(), 0.1));
    PolicyTraining how = new PolicyTraining(PolicyBench.adapter(0), 3e-3, 2, 6, objective(kind));
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(2);
        PolicyTrainer trainer = new PolicyTrainer(weights, how, workers)) {
      double before = margin(weights, trainer, two, workers, true);
      trainer.train(two, () -> TinyModels.weights(1), SEEDS);
      assertThat(margin(weights, trainer, two, workers, false))
          .as("-Dseal.test.seed=%d", PolicyBench.SEED)
          .isGreaterThan(before + 0.1);
    }
  }

  /** Log-probability of the first rollout less that of the second. */
  private static double margin(
      Weights weights, PolicyTrainer trainer, List<Rollout> two, Workers workers, boolean fresh) {
    if (fresh) {
      trainer.bank().initialise(0, SEEDS);
    }
    double margin = 0;
    try (TextPlans plans = new TextPlans(weights, trainer.bank(), PolicyBench.adapter(0), null)) {
      for (int i = 0; i < 2; i++) {
        TextScores scores = plans.scores(two.get(i).texts(), workers);
        for (var text : two.get(i).texts()) {
          for (float nll : scores.of(text)) {
            margin += i == 0 ? -nll : nll;
          }
        }
      }
    }
    return margin;
  }

  @Test
  void advantages_are_rewards_less_their_mean_over_their_spread() {
    double[] rewards = {1, 2, 3, Double.NEGATIVE_INFINITY};
    double[] plain =
        new GroupRelative(0.2, 0, GroupRelative.Normalisation.SAMPLE, false).advantages(rewards);
    assertThat(plain).containsExactly(new double[] {-0.75, 0.25, 1.25, -0.75}, offset(1e-12));
    double spread = Math.sqrt((3 * 0.5625 - 0.5625 + 0.0625 + 1.5625) / 3) + 1e-4;
    assertThat(PolicyBench.grpo(0.2, 0).advantages(rewards))
        .containsExactly(
            new double[] {-0.75 / spread, 0.25 / spread, 1.25 / spread, -0.75 / spread},
            offset(1e-12));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void advantages_of_a_group_add_up_to_nothing(boolean divided) {
    GroupRelative objective =
        new GroupRelative(0.2, 0, GroupRelative.Normalisation.SAMPLE, divided);
    for (int group = 0; group < 100; group++) {
      Rng rng = SEEDS.child("group", group).rng();
      double[] rewards = new double[2 + rng.nextInt(15)];
      for (int i = 0; i < rewards.length; i++) {
        rewards[i] = i > 1 && rng.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : rng.nextDouble();
      }
      double[] advantages = objective.advantages(rewards);
      assertThat(advantages).hasSameSizeAs(rewards);
      assertThat(Arrays.stream(advantages).sum())
          .as("group %d with -Dseal.test.seed=%d", group, PolicyBench.SEED)
          .isCloseTo(0, offset(1e-9));
      for (int i = 1; i < rewards.length; i++) {
        if (Double.isFinite(rewards[i])) {
          assertThat(Double.compare(advantages[i], advantages[0]))
              .isEqualTo(Double.compare(rewards[i], rewards[0]));
        }
      }
    }
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> PolicyBench.grpo(0, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("clip must be > 0 but was 0.0");
    assertThatThrownBy(() -> PolicyBench.grpo(0.2, -1)).hasMessageContaining("kl must be finite");
    assertThatThrownBy(() -> new Preference(0)).hasMessageContaining("beta must be finite and > 0");
    assertThatThrownBy(() -> new Rollout("g", List.of(), Double.NaN))
        .hasMessageContaining("the reward of a rollout of g must be a number");
  }
}
