package org.seal4j.rl.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.check.InputException;
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
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.Learner;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Proposal;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.inner.Bandit.Door;
import org.seal4j.rl.inner.Bandit.Letters;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.restem.TopPerTask;

/** What every way to learn leaves alone. */
class LearnerLawsTest {
  private static final Seeds SEEDS = Seeds.of(Long.getLong("seal.test.seed", 17));
  private static final List<Door> DOORS = Bandit.doors(3);

  private static Weights weights() {
    return Weights.random(
        ModelConfig.small(Bandit.VOCABULARY, 16, 1, 2, 24), 0.4, 0.2, SEEDS.child("weights"));
  }

  private static Learner<Door, Letters> learner(Learning learning, SharedModel model) {
    LoraConfig lora = new LoraConfig(4, 8, false, new TargetModules("all-linear+head"));
    InnerLoopConfig adapter =
        new InnerLoopConfig(lora, 2, Schedule.CONSTANT, 0, 1.0, OptimizerSpec.ADAMW, 4, 1);
    return switch (learning) {
      case RESTEM ->
          new AdapterLearner<>(model, new Bandit(), new AdapterFit.Config(adapter, 1e-2, 2));
      case GRPO ->
          policy(
              model, adapter, new GroupRelative(0.2, 0, GroupRelative.Normalisation.SAMPLE, true));
      case DPO -> policy(model, adapter, new Preference(0.3));
    };
  }

  private static Learner<Door, Letters> policy(
      SharedModel model, InnerLoopConfig adapter, PolicyObjective objective) {
    return new PolicyLearner<>(
        model,
        new Bandit(),
        new PolicyLearner.Config(
            new PolicyTraining(adapter, 1e-2, 2, 2, objective), TopPerTask.Ranking.REWARD),
        LearnerLawsTest::weights);
  }

  private static WeightedProposal<Door, Letters> line(
      Door door, String text, double reward, double weight) {
    Outcome outcome = new Outcome(reward, reward, 1, Outcome.Training.NONE, "1", List.of());
    return new WeightedProposal<>(
        door,
        new Proposal<>(text, new ParsedEdit.Valid<>(new Letters(text)), -1, 1),
        outcome,
        weight);
  }

  /** The hash of what the weights become. */
  private static String learned(Learning learning, List<WeightedProposal<Door, Letters>> round) {
    try (Weights weights = weights();
        Workers workers = new Workers(1)) {
      learner(learning, new SharedModel(weights, workers)).learn(round, SEEDS.child("learn"));
      return weights.sha256();
    }
  }

  private static List<WeightedProposal<Door, Letters>> teaching() {
    return List.of(
        line(DOORS.get(0), "1 2", 0.5, 1),
        line(DOORS.get(0), "1 1", 1, 1),
        line(DOORS.get(1), "0 3", 0, 1),
        line(DOORS.get(1), "4 3", 0.5, 1));
  }

  @ParameterizedTest
  @EnumSource(Learning.class)
  void a_self_edit_of_weight_0_leaves_every_bit(Learning learning) {
    String unchanged;
    try (Weights weights = weights()) {
      unchanged = weights.sha256();
    }
    String taught = learned(learning, teaching());
    assertThat(taught).isNotEqualTo(unchanged);
    List<WeightedProposal<Door, Letters>> more = new ArrayList<>(teaching());
    more.add(2, line(DOORS.get(0), "5 5", 0, 0));
    more.add(0, line(DOORS.get(2), "1 1", 1, 0));
    assertThat(learned(learning, more)).isEqualTo(taught);
    List<WeightedProposal<Door, Letters>> none =
        teaching().stream()
            .map(l -> new WeightedProposal<>(l.context(), l.proposal(), l.outcome(), 0))
            .toList();
    assertThat(learned(learning, none)).isEqualTo(unchanged);
  }

  @Test
  void a_selection_that_leaves_nothing_to_compare_is_refused() {
    List<WeightedProposal<Door, Letters>> best = List.of(teaching().get(1), teaching().get(3));
    assertThatThrownBy(() -> learned(Learning.GRPO, best))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the selection left one alone of each of 2 contexts");
  }

  @ParameterizedTest
  @EnumSource(
      value = Learning.class,
      names = {"GRPO", "DPO"})
  void a_context_whose_self_edits_earned_the_same_teaches_nothing(Learning learning) {
    List<WeightedProposal<Door, Letters>> more = new ArrayList<>(teaching());
    more.add(line(DOORS.get(2), "0 1", 0.5, 1));
    more.add(line(DOORS.get(2), "1 5", 0.5, 1));
    assertThat(learned(learning, more)).isEqualTo(learned(learning, teaching()));
  }
}
