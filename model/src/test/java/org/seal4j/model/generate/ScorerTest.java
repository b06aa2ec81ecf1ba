package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.batch.Bucketing;
import org.seal4j.data.batch.TokenBatch;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

class ScorerTest {
  private static final Seeds SEEDS = TinyModels.seeds("scorer");

  static List<ModelConfig> configs() {
    return TinyModels.configs();
  }

  private static List<TokenSequence> sequences(ModelConfig config, int count) {
    Rng rng = SEEDS.child("sequences").rng();
    List<TokenSequence> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(TinyModels.sequence(config, rng.between(2, 50), rng));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("configs")
  @Tag("slow")
  void the_total_is_the_loss_of_the_training_step(ModelConfig config) {
    TokenSequence text = TinyModels.sequence(config, 16, SEEDS.child("loss").rng());
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(weights, worker);
        LmStep step =
            LmStep.of(
                weights, name -> name.equals("model.norm.weight"), new BatchShape(1, 16), worker)) {
      Executable plan = step.plan();
      for (int i = 0; i < 16; i++) {
        plan.array(LmInputs.IDS).putScalar(i, text.ids()[i]);
        plan.array(LmInputs.POSITIONS).putScalar(i, i);
        if (config.pairPositions() > 0) {
          plan.array(LmInputs.PAIR_POSITIONS).putScalar(i, text.positions()[i]);
        }
        plan.array(LmStep.TARGETS).putScalar(i, i == 15 ? 0 : text.ids()[i + 1]);
        plan.array(LmStep.LOSS_WEIGHTS).putScalar(i, i == 15 ? 0 : 1);
      }
      plan.run();
      Score score = scorer.score(List.of(text)).get(0);
      assertThat(score.total()).isCloseTo(step.loss(), Texts.within(1e-4));
      assertThat(score.tokens()).isEqualTo(15);
      assertThat(score.mean()).isEqualTo(score.total() / 15);
      assertThat(Arrays.stream(score.nll()).sum()).isCloseTo(score.total(), Texts.within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  @Tag("slow")
  void a_score_does_not_depend_on_the_other_sequences_or_their_order(ModelConfig config) {
    List<TokenSequence> sequences = sequences(config, 30);
    List<TokenSequence> backwards = new ArrayList<>(sequences);
    Collections.reverse(backwards);
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(weights, worker)) {
      List<Score> scores = scorer.score(sequences);
      List<Score> reversed = scorer.score(backwards);
      for (int i = 0; i < 30; i++) {
        assertThat(reversed.get(29 - i).nll()).isEqualTo(scores.get(i).nll());
        if (i % 7 == 0) {
          assertThat(scorer.score(List.of(sequences.get(i))).get(0).nll())
              .isEqualTo(scores.get(i).nll());
        }
      }
    }
  }

  @Test
  void a_padded_batch_scores_as_its_sequences_do() {
    ModelConfig config = TinyModels.configs().get(6);
    List<TokenSequence> sequences = sequences(config, 6);
    TokenBatch batch = new Bucketing(1, 4).pad(sequences);
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(weights, worker)) {
      List<Score> padded = scorer.score(batch);
      List<Score> alone = scorer.score(sequences);
      for (int i = 0; i < 6; i++) {
        assertThat(padded.get(i).nll()).containsExactly(alone.get(i).nll(), Texts.within(1e-5));
        assertThat(padded.get(i).exact()).isEqualTo(alone.get(i).exact());
      }
    }
  }

  @Test
  void only_weighted_tokens_are_asked_for() {
    ModelConfig config = ModelConfig.small(17, 16, 2, 2, 24);
    TokenSequence text = TinyModels.sequence(config, 20, SEEDS.child("some").rng());
    float[] some = new float[20];
    some[0] = 1; // nothing stands before it: never asked for
    some[7] = 0.2f;
    some[19] = -3;
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(weights, worker)) {
      Score whole = scorer.score(List.of(text)).get(0);
      Score part =
          scorer.score(List.of(new TokenSequence(text.ids(), text.positions(), some))).get(0);
      assertThat(part.tokens()).isEqualTo(2);
      assertThat(part.nll()[7]).isEqualTo(whole.nll()[7]);
      assertThat(part.nll()[19]).isEqualTo(whole.nll()[19]);
      assertThat(part.total()).isEqualTo(whole.nll()[7] + whole.nll()[19]);
      Score none =
          scorer
              .score(List.of(new TokenSequence(text.ids(), text.positions(), new float[20])))
              .get(0);
      assertThat(none.tokens()).isZero();
      assertThat(none.exact()).isFalse();
      assertThat(none.mean()).isZero();
    }
  }

  @Test
  void one_wrong_token_makes_an_exact_continuation_inexact() {
    ModelConfig config = ModelConfig.small(17, 16, 2, 2, 24);
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Generator generator = new Generator(weights, worker, GeneratorOptions.defaults());
        Scorer scorer = new Scorer(weights, worker)) {
      Prompt prompt = TinyModels.prompts(config, 1, 20, SEEDS).get(0);
      Generation answer =
          generator
              .generate(
                  List.of(prompt), new GenerationConfig(Sampling.mostLikely(), StopRule.after(8)))
              .get(0);
      TokenSequence right = Texts.joined(prompt.tokens(), answer, PairPositions.ZERO);
      assertThat(scorer.score(List.of(right)).get(0).exact()).isTrue();
      answer.tokens()[5] = (answer.tokens()[5] + 1) % 17;
      TokenSequence wrong = Texts.joined(prompt.tokens(), answer, PairPositions.ZERO);
      assertThat(scorer.score(List.of(wrong)).get(0).exact()).isFalse();
    }
  }

  @Test
  void sequences_outside_the_model_are_refused_with_the_place() {
    ModelConfig config = ModelConfig.small(17, 16, 1, 2, 24);
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(weights, worker)) {
      TokenSequence bad = new TokenSequence(new int[] {1, 20}, new int[2], new float[] {0, 1});
      assertThatThrownBy(() -> scorer.score(List.of(bad)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("token 1 of row 0 has id 20");
      assertThatThrownBy(() -> scorer.score(List.of(bad), new int[] {2}))
          .hasMessage("sequence 0 asks for adapter 2 but there are 1");
      assertThat(scorer.score(List.of())).isEmpty();
    }
  }
}
