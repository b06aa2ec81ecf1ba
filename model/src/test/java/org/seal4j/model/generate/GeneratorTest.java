package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.data.arc.GridVocabulary;
import org.seal4j.data.arc.PositionCursor;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

class GeneratorTest {
  private static final Seeds SEEDS = TinyModels.seeds("generator");
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);

  private static Worker worker;
  private static Weights weights;
  private static Generator generator;

  @BeforeAll
  static void open() {
    worker = new Worker();
    weights = TinyModels.weights(CONFIG, SEEDS);
    generator = new Generator(weights, worker, GeneratorOptions.defaults());
  }

  @AfterAll
  static void close() {
    generator.close();
    weights.close();
    worker.close();
  }

  private static GenerationConfig sampled(int tokens) {
    return new GenerationConfig(Sampling.at(1), StopRule.after(tokens));
  }

  static List<ModelConfig> configs() {
    return TinyModels.configs();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("configs")
  void an_answer_is_the_same_alone_and_in_any_batch_to_the_last_bit(ModelConfig config) {
    // Several stop tokens and prompts of 1 to 70 tokens: rows end early, the batch is compacted.
    GenerationConfig how =
        new GenerationConfig(Sampling.at(1), StopRule.after(30).orAt(0, 3, 4, 5, 7, 11));
    try (Weights model = TinyModels.weights(config, SEEDS);
        Generator together = new Generator(model, worker, GeneratorOptions.defaults());
        Generator pieces = new Generator(model, worker, new GeneratorOptions(9, 32))) {
      List<Prompt> prompts = TinyModels.prompts(config, 40, 70, SEEDS);
      List<Generation> answers = together.generate(prompts, how);
      List<Generation> inPieces = pieces.generate(prompts, how);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(TinyModels.same(inPieces.get(i), answers.get(i))).as("prompt %d", i).isTrue();
        if (i % 10 == 0) {
          Generation alone = together.generate(List.of(prompts.get(i)), how).get(0);
          assertThat(TinyModels.same(alone, answers.get(i))).as("prompt %d", i).isTrue();
        }
      }
      assertThat(answers).extracting(Generation::reason).contains(StopReason.TOKEN);
    }
  }

  @Test
  void the_options_change_no_token() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 11, 40, SEEDS);
    List<Generation> answers = generator.generate(prompts, sampled(12));
    for (GeneratorOptions options :
        List.of(
            new GeneratorOptions(1, 1),
            new GeneratorOptions(3, 5),
            new GeneratorOptions(100, 200))) {
      try (Generator other = new Generator(weights, worker, options)) {
        List<Generation> same = other.generate(prompts, sampled(12));
        for (int i = 0; i < prompts.size(); i++) {
          assertThat(same.get(i).tokens()).isEqualTo(answers.get(i).tokens());
          assertThat(same.get(i).logProbs())
              .containsExactly(answers.get(i).logProbs(), Texts.within(1e-5));
        }
      }
    }
  }

  @Test
  void the_order_of_the_prompts_only_orders_the_answers() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 20, 50, SEEDS);
    List<Prompt> backwards = new ArrayList<>(prompts);
    Collections.reverse(backwards);
    List<Generation> answers = generator.generate(prompts, sampled(12));
    List<Generation> reversed = generator.generate(backwards, sampled(12));
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(TinyModels.same(answers.get(i), reversed.get(19 - i))).isTrue();
    }
  }

  @Test
  void the_same_seeds_give_the_same_tokens_and_other_seeds_others() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 4, 20, SEEDS);
    List<Generation> once = generator.generate(prompts, sampled(30));
    List<Generation> twice = generator.generate(prompts, sampled(30));
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(TinyModels.same(once.get(i), twice.get(i))).isTrue();
      Prompt other = prompts.get(i).withSeeds(SEEDS.child("other", i));
      assertThat(generator.generate(List.of(other), sampled(30)).get(0).tokens())
          .isNotEqualTo(once.get(i).tokens());
    }
  }

  @Test
  void greedy_is_the_limit_of_low_temperature_and_top_k_of_1() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 8, 20, SEEDS);
    StopRule stop = StopRule.after(20);
    List<int[]> greedy = tokens(prompts, new GenerationConfig(Sampling.mostLikely(), stop));
    assertThat(tokens(prompts, new GenerationConfig(Sampling.at(1e-9), stop)))
        .containsExactlyElementsOf(greedy);
    assertThat(tokens(prompts, new GenerationConfig(Sampling.at(3).withTopK(1), stop)))
        .containsExactlyElementsOf(greedy);
  }

  private static List<int[]> tokens(List<Prompt> prompts, GenerationConfig how) {
    return generator.generate(prompts, how).stream().map(Generation::tokens).toList();
  }

  @Test
  void pair_positions_go_on_behind_the_prompt_as_the_caller_says() {
    GridCodec codec = new GridCodec(new GridVocabulary(3, 2), 3, 3);
    ModelConfig config =
        ModelConfig.small(codec.vocabulary().size(), 16, 2, 2, 24)
            .withPairPositions(codec.positions(), 100);
    int[] ids = {GridVocabulary.IN, 1, 2, GridVocabulary.SEP, 3, 4, GridVocabulary.OUT, 5};
    TokenSequence text = new TokenSequence(ids, codec.positionsOf(ids), new float[ids.length]);
    PositionCursor behind = codec.cursor();
    for (int id : ids) {
      behind.next(id);
    }
    Prompt prompt =
        Prompt.of(text, SEEDS.child("grid")).withContinuation(() -> behind.copy()::next);
    try (Weights model = TinyModels.weights(config, SEEDS);
        Generator grids = new Generator(model, worker, GeneratorOptions.defaults());
        Scorer scorer = new Scorer(model, worker)) {
      Generation answer = grids.generate(List.of(prompt), sampled(20)).get(0);
      TokenSequence whole = Texts.joined(text, answer, behind.copy()::next);
      assertThat(whole.positions()).isEqualTo(codec.positionsOf(whole.ids()));
      assertThat(scorer.score(List.of(whole)).get(0).total())
          .isCloseTo(-answer.modelLogProb(), Texts.within(1e-4));
      TokenSequence zeros = Texts.joined(text, answer, PairPositions.ZERO);
      assertThat(Math.abs(scorer.score(List.of(zeros)).get(0).total() + answer.modelLogProb()))
          .isGreaterThan(1e-2);
    }
  }

  @Test
  void trained_weights_are_read_without_a_new_generator() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 3, 20, SEEDS);
    try (Weights model = weights.copy();
        Generator own = new Generator(model, worker, GeneratorOptions.defaults());
        Weights trained = TinyModels.weights(CONFIG, SEEDS.child("trained"));
        Generator fresh = new Generator(trained, worker, GeneratorOptions.defaults())) {
      own.generate(prompts, sampled(5));
      model.copyFrom(trained);
      List<Generation> after = own.generate(prompts, sampled(5));
      List<Generation> expected = fresh.generate(prompts, sampled(5));
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(TinyModels.same(after.get(i), expected.get(i))).isTrue();
      }
    }
  }

  @Test
  void the_listener_hears_every_token_of_every_answer_in_order() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 12, 20, SEEDS);
    List<List<Integer>> heard = new ArrayList<>();
    prompts.forEach(prompt -> heard.add(new ArrayList<>()));
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(9).orAt(2));
    List<Generation> answers =
        generator.generate(
            prompts,
            how,
            (prompt, place, token) -> {
              assertThat(place).isEqualTo(heard.get(prompt).size());
              heard.get(prompt).add(token);
            });
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(answers.get(i).tokens())
          .containsExactly(heard.get(i).stream().mapToInt(t -> t).toArray());
    }
  }

  @Test
  void prompts_outside_the_model_are_refused_with_the_place() {
    TokenSequence text = TinyModels.sequence(CONFIG, 3, Seeds.of(1).rng());
    text.ids()[1] = 17;
    Prompt wrong = Prompt.of(text, SEEDS);
    assertThatThrownBy(() -> generator.generate(List.of(wrong), sampled(1)))
        .isInstanceOf(InputException.class)
        .hasMessage("token 1 of prompt 0 has id 17 but the model's ids are 0 to 16");
    Rng rng = Seeds.of(2).rng();
    Prompt other = Prompt.of(TinyModels.sequence(CONFIG, 3, rng), SEEDS).withAdapter(1);
    assertThatThrownBy(() -> generator.generate(List.of(other), sampled(1)))
        .hasMessage("prompt 0 asks for adapter 1 but there are 1");
    GenerationConfig stop = new GenerationConfig(Sampling.at(1), StopRule.after(1).orAt(99));
    assertThatThrownBy(() -> generator.generate(List.of(), stop))
        .hasMessage("stop.tokens has id 99 but the model's ids are 0 to 16");
    assertThat(generator.generate(List.of(), sampled(1))).isEmpty();
  }

  @Test
  void a_diverged_model_is_refused_and_does_not_spoil_later_answers() {
    List<Prompt> prompts = TinyModels.prompts(CONFIG, 2, 20, SEEDS);
    try (Weights model = weights.copy();
        Generator own = new Generator(model, worker, GeneratorOptions.defaults())) {
      Generation good = own.generate(prompts, sampled(5)).get(1);
      model.get("model.norm.weight").putScalar(0, Double.NaN);
      assertThatThrownBy(() -> own.generate(prompts, sampled(5)))
          .hasMessageContaining("logit NaN")
          .hasMessageContaining("diverged");
      model.copyFrom(weights);
      assertThat(TinyModels.same(own.generate(prompts, sampled(5)).get(1), good)).isTrue();
    }
  }
}
